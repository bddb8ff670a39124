namespace TenantPlatform.MigrationWorker.Verbs;

internal static class Usage
{
    private const string Text = """
        dotnet run --project MigrationWorker -- [verb]
            apply [--parallel n] [--retry [<tenant>]] [--json], or no verb
                                            migrates the database, proves that it is what this build expects, then migrates schemas of single tenants
            plan [--sql] [--json]           shows what apply would do where, without doing it
            list-pending [--json]           lists migrations that are to come and schemas that wait for one
            status [--json]                 counts tenants and schemas, and names those in quarantine
            canary <tenant> on|off [--json] says who of those with a schema of their own is migrated before all others
            script [--output <file>]        writes the release as one file for psql that can be run again, without a database
            verify [--all | --sample <n> | --tenant <id, key or slug>] [--json]
                                            lists every difference between model, migrations, ledger and database
            schema docs [--output <file>]   writes docs/schema.md from the model, without a database
            schema guards                   migrates, and writes what is expected of policies and functions into Data
            doctor [--sample <n>] [--json | --sarif] [--output <file>]
                                            lists what breaks the isolation of tenants, over the API's or the administrator's connection
            keys list [--json]              shows the keys that sign tenant contexts, and until when each is accepted
            keys generate                   writes a new secret for Tenancy:SigningKey, without a database
            keys rotate [--overlap 1h]      installs the configured key and lets all others expire after the overlap (0, 90s, 30m, 1h, 2d)
            keys revoke <id> [--force]      refuses a key from now on
            serve                           gives tenants that ask for one a schema of their own as they come, until it is told to stop
            provision [--json]              the same once, for all that wait at this moment
            tenant move <tenant> --to dedicated|pooled [--dry-run] [--json]
                                            gives a tenant (by id, key or slug) a schema of its own, or takes it back, while it works; goes on after a crash
            tenant move <tenant> --cancel   gives a move up whose tenant still works at its old place, and removes what was copied
            tenant move --resume            goes on with all moves that were left half way
            tenants purge [--deleted-for-days 30] [--dry-run]
                                            removes tenants that were deleted longer ago, with every row of theirs
            staff grant <email> [--role admin|support]
                                            makes the person with this verified email one of the platform's staff, an admin if not said otherwise
        """;

    public static int Refuse(string[] arguments)
    {
        Console.Error.WriteLine($"The worker does not know '{string.Join(' ', arguments)}'. It knows:\n{Text}");
        return 2;
    }
}
