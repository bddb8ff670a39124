using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Api;

/// <summary>A variant's running server.</summary>
internal sealed record Contender(string Name, HttpServer Server);

/// <summary>Each contender once in each round, in an order drawn anew.</summary>
internal sealed class Rounds(ApiOptions options, IReadOnlyList<Contender> contenders, ProcessTree database, Action<string> report)
{
    private const double LongestWarmUpSeconds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(10);

    private readonly LoadGenerator load = LoadGenerator.Find(options.Population.Callers);

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        var measurements = new List<Measurement>();
        report($"Load from {load.Name}");

        foreach (var operation in options.Operations)
        {
            await CompileAsync(operation, cancellationToken);

            foreach (var connections in options.Connections)
            {
                for (var round = 1; round <= options.Rounds; round++)
                {
                    report($"{operation.Name}, {connections} connections: round {round} of {options.Rounds}");

                    foreach (var contender in Shuffled())
                        measurements.Add(await MeasureAsync(contender, operation, connections, round, cancellationToken));
                }
            }
        }

        return measurements;
    }

    // Servers translate what is used often into better code only after a while.
    private async Task CompileAsync(Operation operation, CancellationToken cancellationToken)
    {
        report($"{operation.Name}: warming up");

        foreach (var contender in contenders)
            await load.RunAsync(contender.Server.Address, operation, options.Connections[0], FirstWarmUp, cancellationToken);
    }

    // Refills what a server remembers of its users only for so long: a second, or longer if it has not answered all of them by then.
    private async Task WarmUpAsync(Uri address, Operation operation, int connections, CancellationToken cancellationToken)
    {
        var asked = await load.RunAsync(address, operation, connections, WarmUp, cancellationToken);

        if (asked.Requests < options.Population.Tenants)
        {
            var needed = Math.Min(LongestWarmUpSeconds, Math.Ceiling(asked.Duration.TotalSeconds * options.Population.Tenants / Math.Max(1, asked.Requests)));
            await load.RunAsync(address, operation, connections, TimeSpan.FromSeconds(needed), cancellationToken);
        }
    }

    private Contender[] Shuffled()
    {
        Contender[] order = [.. contenders];
        Random.Shared.Shuffle(order);
        return order;
    }

    private async Task<Measurement> MeasureAsync(
        Contender contender, Operation operation, int connections, int round, CancellationToken cancellationToken)
    {
        var (address, server) = (contender.Server.Address, contender.Server.Processes);
        await WarmUpAsync(address, operation, connections, cancellationToken);

        var (serverBefore, databaseBefore) = (server.Cpu, database.Cpu);
        var result = await load.RunAsync(address, operation, connections, options.Duration, cancellationToken);

        return new Measurement(
            contender.Name, operation.Name, connections, round, result, server.Cpu - serverBefore, database.Cpu - databaseBefore, server.ResidentBytes);
    }
}

/// <summary>One contender in one round.</summary>
internal sealed record Measurement(
    string Variant, string Operation, int Connections, int Round, LoadResult Load, TimeSpan ServerCpu, TimeSpan DatabaseCpu, long ResidentBytes)
{
    public double RequestsPerSecond => Load.Requests / Load.Duration.TotalSeconds;

    public double ServerMicroseconds => ServerCpu.TotalMicroseconds / Math.Max(1, Load.Requests);

    public double DatabaseMicroseconds => DatabaseCpu.TotalMicroseconds / Math.Max(1, Load.Requests);
}
