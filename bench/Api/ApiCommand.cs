using TenantPlatform.Bench.Api.Database;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Api;

/// <summary>Compares the API with other ways of serving the same rows, and the database with and without isolation.</summary>
internal static class ApiCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var options = ApiOptions.Read(arguments);

        if (options.IsList)
        {
            Console.Write(List(options));
            return 0;
        }

        var report = new ApiReport(options);
        await using var server = await BenchServer.StartAsync(Report, cancellationToken);
        var database = await CreateAsync(server, "tenantplatform", Repository.Own, options.Population, cancellationToken);

        if (options.Variants.Count > 0)
        {
            var former = options.Former is { } repository
                ? await CreateAsync(server, "former", repository, options.Population, cancellationToken)
                : database;
            report.Measurements.AddRange(await MeasureServersAsync(options, database, former, cancellationToken));
        }

        if (options.MeasuresDatabase)
        {
            Report("The database alone, one connection");
            report.Queries.AddRange(await DatabaseComparison.RunAsync(database, options, cancellationToken));
        }

        Console.Write(options.IsJson ? report.Json() : report.Text());
        return report.Measurements.Any(measurement => measurement.Load.Errors > 0) ? 1 : 0;
    }

    private static async Task<BenchDatabase> CreateAsync(
        BenchServer server, string name, Repository repository, Population population, CancellationToken cancellationToken)
    {
        Report($"PostgreSQL {server.Version}: {population.Tenants} tenants, {population.UsersPerTenant} users and {population.TodosPerTenant} todos in each");
        var database = await server.CreateDatabaseAsync(name, repository, cancellationToken);
        await Filling.FillAsync(database, population, cancellationToken);
        return database;
    }

    private static async Task<IReadOnlyList<Measurement>> MeasureServersAsync(
        ApiOptions options, BenchDatabase database, BenchDatabase former, CancellationToken cancellationToken)
    {
        if (options.Variants.Any(variant => variant.Name is "A" or "Ac"))
        {
            await DrizzlePeer.InstallAsync(cancellationToken);
        }

        var servers = new List<Contender>();

        try
        {
            foreach (var variant in options.Variants)
            {
                var own = variant.Name is Variant.Former ? former : database;
                var contender = new Contender(variant.Name, await HttpServer.StartAsync(address => variant.Launch(own, address), cancellationToken));
                servers.Add(contender);
                await AnswerCheck.RequireAsync(variant.Name, contender.Server.Address, options.Population, cancellationToken);
            }

            return await new Rounds(options, servers, database.Server.Processes, Report).RunAsync(cancellationToken);
        }
        finally
        {
            foreach (var contender in servers)
                await contender.Server.DisposeAsync();
        }
    }

    private static string List(ApiOptions options)
    {
        var table = new TextTable("variant", "");

        foreach (var variant in options.Variants)
            table.Add(variant.Name, variant.Description);

        if (options.MeasuresDatabase)
            table.Add(ApiOptions.Database, "the database alone: without row-level security, with a plain setting, with the signed context");

        return table.ToString();
    }

    private static void Report(string line) => Console.Error.WriteLine(line);
}
