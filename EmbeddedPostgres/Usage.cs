namespace TenantPlatform.EmbeddedPostgres;

internal static class Usage
{
    private const string Text = """
        A PostgreSQL server that needs no installation and no Docker.

        dotnet EmbeddedPostgres.dll run [--data <folder>] [--port <number>] [--set <name>=<value>]...
            Runs a server in the foreground; SIGTERM and Ctrl-C shut it down.
            --data   where the data lives; without it, in a temporary folder that is deleted at the end
            --port   of 127.0.0.1; without it or 0, a free one
            --set    a setting of postgresql.conf
            Environment:
              POSTGRES_PASSWORD            of the superuser "postgres"; without it, a random one
              TENANTPLATFORM_CACHE         the folder of downloads
              TENANTPLATFORM_POSTGRES_BIN  the bin folder of an installed PostgreSQL, instead of a download

        dotnet EmbeddedPostgres.dll sql <role> [-c <statement>] [--service-file <file>]
            Opens a SQL session (psql if it is installed) as that role: owner, app, or a section of the file.
            -c              runs one command instead
            --service-file  without it, .data/pg_service.conf here or in a folder above, which the AppHost writes
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 0;
    }

    public static int Refuse(string problem)
    {
        Console.Error.WriteLine($"{problem}: see --help.");
        return 2;
    }
}
