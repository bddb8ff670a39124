using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using TenantPlatform.Bench.Measuring;
using TenantPlatform.Bench.Servers;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Bench.Api.Database;

/// <summary>What isolation costs where nothing else costs anything: one connection, prepared statements, no server in front.</summary>
internal static class DatabaseComparison
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<QueryTime>> RunAsync(BenchDatabase database, ApiOptions options, CancellationToken cancellationToken)
    {
        await AddSettingTableAsync(database, cancellationToken);
        var signer = new TenantContextSigner(new SigningOptions(database.Server.SigningKey), TimeProvider.System);
        var queries = new List<PreparedQuery>();
        var times = new List<QueryTime>();

        try
        {
            foreach (var variant in QueryVariant.All)
                queries.Add(await OpenAsync(variant, database, signer, cancellationToken));

            for (var round = 0; round <= options.Rounds; round++)
            {
                PreparedQuery[] order = [.. queries];
                Random.Shared.Shuffle(order);

                foreach (var query in order)
                {
                    var time = await MeasureAsync(query, [.. options.Population.Callers], database, round, cancellationToken);

                    // The first round only warms up.
                    if (round > 0)
                        times.Add(time);
                }
            }
        }
        finally
        {
            foreach (var query in queries)
                await query.DisposeAsync();
        }

        return times;
    }

    public static TextTable Table(IReadOnlyList<QueryTime> times)
    {
        var byVariant = times.OrderBy(time => time.Round).ToLookup(time => time.Variant);
        var free = byVariant[QueryVariant.All[0].Name].Select(time => time.Microseconds).ToList();
        var table = new TextTable("", "us", "postgres us", "time / without");

        foreach (var variant in QueryVariant.All.Select(variant => byVariant[variant.Name]))
        {
            table.Add(
                variant.First().Variant, $"{variant.Select(time => time.Microseconds).Median():0}",
                $"{variant.Select(time => time.DatabaseMicroseconds).Median():0}", Ratio.Of(variant.Select(time => time.Microseconds), free).ToString());
        }

        return table;
    }

    // The same rows again, because the policy of the real table holds every role.
    private static async Task AddSettingTableAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        await using var admin = NpgsqlDataSource.Create(database.Admin);

        foreach (var statement in (string[])
        [
            $"create role {QueryVariant.SettingRole} login password '{database.Server.AppPassword}'",
            $"grant connect on database {database.Name} to {QueryVariant.SettingRole}",
            "create schema bench",
            "create table bench.todos (like pooled.todos including all)",
            "insert into bench.todos select * from pooled.todos order by created",
            "alter table bench.todos enable row level security",
            "create policy setting on bench.todos using (tenant_id = (select current_setting('bench.tenant', true)::uuid))",
            $"grant usage on schema bench to {QueryVariant.SettingRole}",
            $"grant select on bench.todos to {QueryVariant.SettingRole}",
            "vacuum analyze bench.todos, pooled.todos",
            "checkpoint",
        ])
        {
            await using var command = admin.CreateCommand(statement);
            command.CommandTimeout = 300;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<PreparedQuery> OpenAsync(
        QueryVariant variant, BenchDatabase database, TenantContextSigner signer, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(variant.Connection(database));
        await connection.OpenAsync(cancellationToken);
        var query = new PreparedQuery(variant, connection, signer);
        await query.PrepareAsync(cancellationToken);
        return query;
    }

    private static async Task<QueryTime> MeasureAsync(
        PreparedQuery query, Seat[] callers, BenchDatabase database, int round, CancellationToken cancellationToken)
    {
        var (count, before, clock) = (0, database.Server.Processes.Cpu, Stopwatch.StartNew());

        for (; clock.Elapsed < Turn; count++)
            await query.RunAsync(callers[count % callers.Length], cancellationToken);

        var (elapsed, cpu) = (clock.Elapsed, database.Server.Processes.Cpu - before);
        return new QueryTime(query.Variant.Name, round, elapsed.TotalMicroseconds / count, cpu.TotalMicroseconds / count);
    }

    private sealed class SigningOptions(string signingKey) : IOptionsMonitor<TenancyOptions>
    {
        public TenancyOptions CurrentValue { get; } = new() { SigningKey = signingKey };

        public TenancyOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<TenancyOptions, string?> listener) => null;
    }
}

/// <summary>One variant in one round: time that passed and that PostgreSQL's processes worked, for each query.</summary>
internal sealed record QueryTime(string Variant, int Round, double Microseconds, double DatabaseMicroseconds);
