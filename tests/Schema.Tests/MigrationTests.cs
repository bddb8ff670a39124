using System.Globalization;
using System.Text.RegularExpressions;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Schema.Tests;

[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed partial class MigrationTests(DatabaseFixture server, ITestOutputHelper log)
{
    private const string Alone = "Measured alone";

    private const int Attempts = 5;

    private const string Identities = """
        select 'table', c.oid, pg_relation_filenode(c.oid) from pg_class c where c.relnamespace::regnamespace::text in ('platform', 'pooled', 'tenancy')
        union all select 'policy', oid, 0 from pg_policy
        union all select 'constraint', k.oid, 0 from pg_constraint k where k.connamespace::regnamespace::text in ('platform', 'pooled', 'tenancy')
        order by 1, 2
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task An_empty_database_is_migrated_in_less_than_three_seconds()
    {
        var fastest = TimeSpan.MaxValue;

        // The machine may be busy with other things; what it can do is what counts.
        for (var attempt = 1; attempt <= Attempts && fastest >= Limit; attempt++)
        {
            var result = await WorkerProcess.RunAsync(
                server.Server.WorkerSettings(await server.CreateDatabaseAsync($"empty_{Guid.NewGuid():N}", Cancel)), Cancel);
            result.RequireSuccess();
            var elapsed = TimeSpan.FromMilliseconds(int.Parse(ReadyAfter().Match(result.Output).Groups[1].Value, CultureInfo.InvariantCulture));
            log.WriteLine($"Migrated and verified an empty database in {elapsed.TotalMilliseconds:0} ms");
            fastest = elapsed < fastest ? elapsed : fastest;
        }

        Assert.True(fastest < Limit, $"The fastest of {Attempts} runs took {fastest.TotalMilliseconds:0} ms.");
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var database = await server.CreateDatabaseAsync($"again_{Guid.NewGuid():N}", Cancel);
        await server.Server.MigrateAsync(database, Cancel);
        await using var owner = await Sql.OpenAsync(database.Owner);
        var before = await owner.ReadLinesAsync(Identities);

        var second = await WorkerProcess.RunAsync(server.Server.WorkerSettings(database), Cancel);

        second.RequireSuccess();
        Assert.DoesNotContain("Applied migration", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, await owner.ReadLinesAsync(Identities));
    }

    [GeneratedRegex(@"migrated and isolated in (\d+) ms")]
    private static partial Regex ReadyAfter();
}
