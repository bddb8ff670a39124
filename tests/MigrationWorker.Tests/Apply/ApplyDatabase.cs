using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.NextRelease;

namespace TenantPlatform.MigrationWorker.Tests.Apply;

/// <summary>A copy of the tenants' database, and the worker of the next release over it.</summary>
internal sealed class ApplyDatabase(DatabaseServer server, TestDatabase database)
{
    public TestDatabase Database => database;

    /// <summary>Small waves and short waits.</summary>
    public static ApplyOptions Options => new() { Parallel = 4, WaveSizes = [3, 5, 100], LockTimeoutMilliseconds = 50, RetryMilliseconds = 20 };

    public static string Key(int number) => $"tenant{number:00000}";

    public static string Schema(int number) => $"tenant_{Key(number)}";

    /// <summary>In this process, and the schemas only.</summary>
    public Task<ApplyOutcome> MigrateAsync(string sql, ApplyOptions? options = null) => Waves(sql, options ?? Options).RunAsync(ApplyProgress.None, Cancel);

    /// <summary>With everything that is in quarantine.</summary>
    public async Task<ApplyOutcome> RetryAsync(string sql)
    {
        await Waves(sql, Options).ReleaseAsync(null, Cancel);
        return await MigrateAsync(sql);
    }

    public async Task UntilAsync(string condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(2));

        while (!await database.Owner.ScalarAsync<bool>(condition))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>What is left where creating an index concurrently has failed.</summary>
    public async Task LeaveInvalidIndexAsync(int number, string index)
    {
        await database.Admin.ExecuteAsync($"create index {index} on {Schema(number)}.todos (tenant_id)");
        await database.Admin.ExecuteAsync($"update pg_index set indisvalid = false where indexrelid = '{Schema(number)}.{index}'::regclass");
    }

    /// <summary>A process of its own, as deployments run it.</summary>
    public WorkerSettings Process(string sql, params string[] arguments) => server.WorkerSettings(database) with
    {
        Program = "NextRelease",
        Arguments = arguments,
        Variables = new Dictionary<string, string> { [NextSteps.Variable] = sql },
    };

    /// <summary>How many schemas have this migration, by the ledger.</summary>
    public async Task<long> CountAsync(string where = $"applied_migration = '{NextSteps.Id}'") =>
        await database.Owner.ScalarAsync<long>($"select count(*) from platform.tenant_schemas where {where}");

    /// <summary>How many schemas really have the added column.</summary>
    public Task<long> CountColumnsAsync() => database.Owner.ScalarAsync<long>(
        "select count(*) from information_schema.columns where table_schema like 'tenant\\_%' and table_name = 'todos' and column_name = 'colour'");

    public async Task<string> AskAsync(string sql) => await database.Owner.ScalarAsync<string>(sql) ?? "";

    /// <summary>Makes a migration of this schema fail: it has the column already.</summary>
    public Task ObstructAsync(int number) => database.Owner.ExecuteAsync($"alter table {Schema(number)}.todos add column colour int");

    public Task ClearAsync(int number) => database.Owner.ExecuteAsync($"alter table {Schema(number)}.todos drop column colour");

    /// <summary>Somebody at work in a schema, until disposed of.</summary>
    public async Task<NpgsqlConnection> HoldAsync(int number)
    {
        var connection = new NpgsqlConnection(database.Owner + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var work = new NpgsqlCommand($"begin; lock table {Schema(number)}.todos in access share mode", connection);
        await work.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    private SchemaWaves Waves(string sql, ApplyOptions options) => new(database.Owner, NextSteps.After(sql), options, NullLogger.Instance);
}
