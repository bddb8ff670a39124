using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>kill -9 at random moments of whatever the worker does; after the last one it is run to the end once, and all must be well.</summary>
internal static class KillScenario
{
    private const string Name = "kills";
    private const int Batch = 20;
    private const int Movers = 4;
    private const int RowsOfMovers = 5_000;

    // Leaves no trace in the catalog, so that today's worker can verify the result.
    private const string Neutral = "alter table todos add column passing text; alter table todos drop column passing;";

    public static async Task RunAsync(WorkerBench bench, CancellationToken cancellationToken)
    {
        var database = await bench.CreateDatabaseAsync("killed", cancellationToken);
        await NextRelease.PrepareAsync(database, cancellationToken);
        var movers = await Tenants.AddAsync(database, "v", Movers, dedicated: false, cancellationToken);
        await FillAsync(database, movers, cancellationToken);
        var rows = await Leftovers.FingerprintAsync(database, movers, cancellationToken);

        var kills = new[]
        {
            await ProvisioningAsync(bench, database, bench.Kills / 3, cancellationToken),
            await MovingAsync(bench, database, movers, bench.Kills / 3, cancellationToken),
            await MigratingAsync(bench, database, bench.Kills - (2 * (bench.Kills / 3)), cancellationToken),
        };
        await EndAsync(bench, database, cancellationToken);

        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        var orphans = await owner.ScalarAsync<long>(Leftovers.Sql, cancellationToken);
        var same = await Leftovers.FingerprintAsync(database, movers, cancellationToken) == rows;
        bench.Report(Name, "killed while provisioning, moving and migrating", string.Join(", ", kills), $"{bench.Kills}", kills.Sum() == bench.Kills);
        bench.Report(Name, "'verify --all' at the end", await VerifyAsync(bench, database, cancellationToken), "exit code 0", true);
        bench.Report(Name, "schemas, ledger rows, moves, roles and locks that belong to nothing", $"{orphans}", "0", orphans == 0);
        bench.Report(Name, $"rows of the {Movers} tenants that were moved", same ? "as before" : "DIFFERENT", "as before", same);
    }

    private static async Task<int> ProvisioningAsync(WorkerBench bench, BenchDatabase database, int kills, CancellationToken cancellationToken)
    {
        var batch = 0;
        return await Killer.KillAsync(kills, async () =>
        {
            await using var owner = await database.OpenOwnerAsync(cancellationToken);

            if (await owner.ScalarAsync<long>("select count(*) from platform.tenants where status = 'provisioning'", cancellationToken) < Batch / 2)
            {
                await Tenants.AddAsync(database, $"k{(char)('a' + batch++)}", Batch, dedicated: true, cancellationToken);
            }

            return WorkerRun.StartInfo(bench.Repository, database, ["provision"]);
        }, cancellationToken);
    }

    private static Task<int> MovingAsync(
        WorkerBench bench, BenchDatabase database, IReadOnlyList<BenchTenant> movers, int kills, CancellationToken cancellationToken) => Killer.KillAsync(kills, async () =>
    {
        var mover = movers[Random.Shared.Next(movers.Count)];
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        var target = await owner.ScalarAsync<string>(
            $"""
            select coalesce(
                (select m.target from platform.tenant_moves m where m.tenant_id = t.id and m.finished is null),
                case t.placement when 'pooled' then 'dedicated' else 'pooled' end)
            from platform.tenants t where t.id = '{mover.Id}'
            """, cancellationToken);
        return WorkerRun.StartInfo(bench.Repository, database, ["tenant", "move", mover.Key, "--to", target]);
    }, cancellationToken);

    private static async Task<int> MigratingAsync(WorkerBench bench, BenchDatabase database, int kills, CancellationToken cancellationToken)
    {
        // All schemas are there before the next release is: it knows how to build them, but not this release's half of the work.
        await bench.WorkAsync(database, cancellationToken, "provision");
        await bench.WorkAsync(database, cancellationToken, "tenant", "move", "--resume");
        var done = 0;

        while (done < kills)
        {
            await ResetAsync(database, cancellationToken);
            done += await Killer.KillAsync(Math.Min(kills - done, 5), () => Task.FromResult(NextRelease.StartInfo(bench, database, Neutral)), cancellationToken);
            await WorkerRun.RunAsync(NextRelease.StartInfo(bench, database, Neutral), cancellationToken);
            var (schemas, once, entered) = await NextRelease.CountAsync(database, cancellationToken);
            bench.Report(Name, $"migrated exactly once, after {done} kills", $"{once}, {entered} in the ledger", $"{schemas}", once == schemas && entered == schemas);
        }

        await ResetAsync(database, cancellationToken);
        return done;
    }

    private static async Task EndAsync(WorkerBench bench, BenchDatabase database, CancellationToken cancellationToken)
    {
        await bench.WorkAsync(database, cancellationToken);
        await bench.WorkAsync(database, cancellationToken, "provision");
        await bench.WorkAsync(database, cancellationToken, "tenant", "move", "--resume");
    }

    private static async Task<string> VerifyAsync(WorkerBench bench, BenchDatabase database, CancellationToken cancellationToken)
    {
        await bench.WorkAsync(database, cancellationToken, "verify", "--all");
        return "exit code 0";
    }

    private static async Task ResetAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        await owner.ExecuteAsync(
            """
            update platform.tenant_schemas set applied_migration = (select max("MigrationId") from pooled.migrations_history);
            truncate bench.carried_out;
            """, cancellationToken);
    }

    private static async Task FillAsync(BenchDatabase database, IReadOnlyList<BenchTenant> movers, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);

        foreach (var mover in movers)
        {
            await owner.ExecuteAsync(
                $"""
                insert into pooled.todos (tenant_id, id, title, created_by)
                select '{mover.Id}', gen_random_uuid(), 'Todo ' || number, '{mover.OwnerId}' from generate_series(1, {RowsOfMovers}) number
                """, cancellationToken);
        }
    }
}
