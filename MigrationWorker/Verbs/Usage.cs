namespace TenantPlatform.MigrationWorker.Verbs;

internal static class Usage
{
    private const string Text = """
        dotnet run --project MigrationWorker -- [verb]
            (none)                          migrates the database and proves that it is what this build expects
            schema verify                   lists every difference between model, migrations and database
            schema docs [--output <file>]   writes docs/schema.md from the model, without a database
            schema guards                   migrates, and writes what is expected of policies and functions into Data
            doctor [--json | --sarif] [--output <file>]
                                            lists what breaks the isolation of tenants, over the API's or the administrator's connection
        """;

    public static int Refuse(string[] arguments)
    {
        Console.Error.WriteLine($"The worker does not know '{string.Join(' ', arguments)}'. It knows:\n{Text}");
        return 2;
    }
}
