using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>One claim about the migration worker, measured with the real worker against a server of our own.</summary>
/// <param name="Title">What is shown.</param>
internal sealed record WorkerScenario(string Name, string Title, Func<WorkerBench, CancellationToken, Task> RunAsync)
{
    public static readonly IReadOnlyList<WorkerScenario> All =
    [
        new("provision", "tenants get schemas of their own, against the same SQL by hand and against EF's MigrateAsync", ProvisionScenario.RunAsync),
        new("nothing", "a start with nothing to do, with and without many schemas", NothingScenario.RunAsync),
        new("column", "a column is added to all schemas while some are locked", ColumnScenario.RunAsync),
        new("move", "a tenant with many todos is moved while its clients write", MoveScenario.RunAsync),
        new("kills", "the worker is killed again and again while it provisions, migrates and moves", KillScenario.RunAsync),
    ];
}

/// <summary>What scenarios share.</summary>
/// <param name="Tenants">How many tenants get a schema of their own.</param>
/// <param name="Rounds">How often variants are compared.</param>
/// <param name="Kills">How often the worker is killed in all.</param>
/// <param name="Todos">How many the tenant has that is moved.</param>
internal sealed record WorkerBench(
    BenchServer Server, Repository Repository, int Tenants, int Rounds, int Kills, int Todos, Action<string> Progress)
{
    public List<Figure> Figures { get; } = [];

    public void Report(string scenario, string what, string value, string? goal = null, bool? reached = null)
    {
        Figures.Add(new Figure(scenario, what, value, goal, reached));
        Progress($"{scenario}: {what}: {value}");
    }

    public Task<BenchDatabase> CreateDatabaseAsync(string name, CancellationToken cancellationToken) =>
        Server.CreateDatabaseAsync(name, Repository, cancellationToken);

    public Task<string> WorkAsync(BenchDatabase database, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        WorkerRun.RunAsync(Repository, database, cancellationToken, arguments);
}
