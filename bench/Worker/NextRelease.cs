using System.Diagnostics;
using TenantPlatform.Bench.Servers;

namespace TenantPlatform.Bench.Worker;

/// <summary>
/// The worker of a release with one more migration of the tenant plane (tests/NextRelease), and a table outside of all
/// schemas in which the migration notes that it was carried out: so that one done twice is seen.
/// </summary>
internal static class NextRelease
{
    private const string Note = "insert into bench.carried_out values (current_schema());";

    public static async Task PrepareAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        await owner.ExecuteAsync("create schema bench; create table bench.carried_out (schema text not null)", cancellationToken);
    }

    /// <param name="settings">Of the worker, as environment variables name them.</param>
    public static ProcessStartInfo StartInfo(WorkerBench bench, BenchDatabase database, string sql, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var start = WorkerRun.StartInfo(bench.Repository.Program(Path.Combine("tests", "NextRelease"), "NextRelease"), database, ["apply"]);
        start.Environment["NEXT_RELEASE_SQL"] = $"{sql} {Note}";

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Schemas, those that have had the migration exactly once by their own note, and those that the ledger says have had it.</summary>
    public static async Task<(long Schemas, long Once, long Entered)> CountAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        await using var owner = await database.OpenOwnerAsync(cancellationToken);
        return (
            await owner.ScalarAsync<long>("select count(*) from platform.tenant_schemas", cancellationToken),
            await owner.ScalarAsync<long>(
                "select count(*) from platform.tenant_schemas s where (select count(*) from bench.carried_out c where c.schema = s.name) = 1", cancellationToken),
            await owner.ScalarAsync<long>("select count(*) from platform.tenant_schemas where applied_migration like '%NextRelease'", cancellationToken));
    }
}
