using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>Both ways, while clients of the tenant write and another tenant works beside it.</summary>
internal static class MoveScenario
{
    private const string Name = "move";
    private const int Clients = 2;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(WorkerBench bench, CancellationToken cancellationToken)
    {
        var database = await bench.CreateDatabaseAsync("moving", cancellationToken);
        var tenants = await Tenants.AddAsync(database, "m", 2, dedicated: false, cancellationToken);
        await FillAsync(database, tenants, bench.Todos, cancellationToken);
        await using var access = new TenantAccess(database);
        var committed = new ConcurrentDictionary<Guid, string>();

        foreach (var target in (string[])["dedicated", "pooled"])
        {
            await MoveAsync(bench, database, access, tenants, target, committed, cancellationToken);
        }
    }

    private static async Task MoveAsync(
        WorkerBench bench, BenchDatabase database, TenantAccess access, IReadOnlyList<BenchTenant> tenants, string target,
        ConcurrentDictionary<Guid, string> committed, CancellationToken cancellationToken)
    {
        var (tenant, other) = (tenants[0], tenants[1]);
        await using var clients = new Writers(access, tenant, Clients, committed);
        await using var neighbours = new Writers(access, other, Clients, []);
        await Task.Delay(Quiet, cancellationToken);
        (_, var before) = (clients.TakeLatencies(), neighbours.TakeLatencies());

        var started = Stopwatch.GetTimestamp();
        await bench.WorkAsync(database, cancellationToken, "tenant", "move", tenant.Key, "--to", target);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (mine, during) = (clients.TakeLatencies(), neighbours.TakeLatencies());
        await clients.StopAsync();
        await neighbours.StopAsync();

        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        var pause = await owner.ScalarAsync<double>("select pause from platform.tenant_moves order by created desc limit 1", cancellationToken);
        var wrong = await CountWrongAsync(access, tenant, committed, bench.Todos, cancellationToken);
        var label = $"to {target}";
        bench.Report(Name, $"{label}: {bench.Todos} todos", $"{seconds:0.0} s, {mine.Count} writes of the tenant meanwhile");
        bench.Report(Name, $"{label}: rows lost, doubled or changed", $"{wrong}", "0", wrong == 0);
        bench.Report(Name, $"{label}: pause, as the worker measures it", $"{pause:0} ms", "< 500 ms", pause < 500);
        bench.Report(Name, $"{label}: slowest write of the tenant", $"{mine.Max():0} ms");
        bench.Report(
            Name, $"{label}: p99 of the other tenant, before and during",
            $"{before.Percentile(0.99):0.0} ms, {during.Percentile(0.99):0.0} ms; slowest {before.Max():0} ms, {during.Max():0} ms");
    }

    private static async Task FillAsync(BenchDatabase database, IReadOnlyList<BenchTenant> tenants, int todos, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);

        foreach (var tenant in tenants)
        {
            await owner.ExecuteAsync(
                $"""
                insert into pooled.todos (tenant_id, id, title, created_by)
                select '{tenant.Id}', gen_random_uuid(), 'Todo ' || number, '{tenant.OwnerId}' from generate_series(1, {todos}) number
                """, cancellationToken);
        }

        await owner.ExecuteAsync("vacuum analyze", cancellationToken);
    }

    // Through the API's own way of reading: the todos that were there, and those of the clients as they were committed.
    private static async Task<int> CountWrongAsync(
        TenantAccess access, BenchTenant tenant, ConcurrentDictionary<Guid, string> committed, int todos, CancellationToken cancellationToken)
    {
        await using var db = access.Open(tenant);
        var titles = await db.Todos.Select(todo => new { todo.Id, todo.Title }).ToDictionaryAsync(todo => todo.Id, todo => todo.Title, cancellationToken);
        var wrong = committed.Count(todo => titles.GetValueOrDefault(todo.Key) != todo.Value);
        var filled = titles.Count(todo => todo.Value.StartsWith("Todo ", StringComparison.Ordinal));
        var others = titles.Keys.Count(id => !committed.ContainsKey(id)) - filled;
        return wrong + Math.Abs(filled - todos) + others;
    }
}
