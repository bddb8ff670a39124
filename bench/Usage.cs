namespace TenantPlatform.Bench;

internal static class Usage
{
    private const string Text = """
        dotnet run -c Release --project bench -- api [options]
            --list                    shows the variants, and measures nothing
            --only A,B2,ours          these variants only
            --operations get,post     what is asked of them
            --connections 16,64       at once
            --rounds 5                each variant once in each round, in random order
            --seconds 3               for which each is measured in each round, after one second that does not count
            --scale small|full        50 tenants for trying out, or 1,000
            --former <folder>         measures another checkout too, built for Release, as the variant "former"
            --json                    one JSON document on standard output

        dotnet run -c Release --project bench -- worker [options]
            --list                    shows the scenarios, and measures nothing
            --only provision,move     these scenarios only
            --tenants 1000            so many get a schema of their own
            --rounds 5                for what is compared
            --todos 100000            so many has the tenant that is moved
            --kills 50                so often the worker is killed
            --json                    one JSON document on standard output
        """;

    public static int Refuse(string problem)
    {
        Console.Error.WriteLine($"{problem} There are:\n{Text}");
        return 2;
    }

    public static int Fail(string problem)
    {
        Console.Error.WriteLine(problem);
        return 1;
    }
}
