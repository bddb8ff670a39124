using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>
/// 24 tenants over 4 pooled connections, in random order and at the same time, with errors, cancellations and killed
/// connections. Every fourth operation or so is followed by a look at a connection as its next lessee finds it.
/// </summary>
public sealed class InterleavingTests(InterleavingDatabases databases, ITestOutputHelper output) : IClassFixture<InterleavingDatabases>
{
    private const string SessionContext = """
        create or replace procedure tenancy.enter(context text) language plpgsql as $$ begin
            execute pg_catalog.format('set tenancy.context = %L', context);
        end $$
        """;

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(4_000, true)]
    public async Task Tenants_see_only_their_own_rows_and_leave_clean_connections(int operations, bool isReset)
    {
        await using var arena = await StartAsync(isReset);

        await InterleavingProperty.CheckAsync(arena, operations);

        output.WriteLine($"{arena.Tally}");
        Assert.InRange(arena.Tally.Of(Figure.Operations), operations, int.MaxValue);
        foreach (var injected in new[] { Figure.Errors, Figure.CancellationsHit, Figure.Kills, Figure.Lost, Figure.UnknownDone, Figure.UnknownUndone })
            Assert.InRange(arena.Tally.Of(injected), 1, int.MaxValue);
    }

    [Fact]
    public async Task A_context_that_outlives_its_transaction_is_caught()
    {
        await using var arena = await StartAsync(isReset: false, SessionContext);

        await RequireCaughtAsync(arena, Figure.DirtyConnections);
    }

    [Fact]
    public async Task A_pooled_DbContext_that_keeps_its_former_tenant_is_caught()
    {
        await using var arena = await StartAsync(isReset: false);
        TenantContext? former = null;
        arena.OpenTenant = context => arena.App.Tenants.Open(Interlocked.Exchange(ref former, context) ?? context);

        await RequireCaughtAsync(arena, Figure.CrossTenantRows);
    }

    [Fact]
    public async Task A_table_without_row_level_security_is_caught()
    {
        await using var arena = await StartAsync(isReset: false, "alter table pooled.todos disable row level security");

        await RequireCaughtAsync(arena, Figure.CrossTenantRows);
    }

    private async Task RequireCaughtAsync(Arena arena, string figure)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => InterleavingProperty.CheckAsync(arena, operations: 400));

        output.WriteLine(failure.Message);
        Assert.InRange(arena.Tally.Of(figure), 1, int.MaxValue);
        Assert.Contains(InterleavingProperty.SeedVariable, failure.Message, StringComparison.Ordinal);
    }

    private async Task<Arena> StartAsync(bool isReset, string? change = null)
    {
        var arena = new Arena(await databases.CopyAsync(change), databases.SigningKey, isReset);
        await arena.CreateTenantsAsync(Cancel);
        return arena;
    }
}
