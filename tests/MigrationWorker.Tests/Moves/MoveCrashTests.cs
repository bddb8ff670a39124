using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

/// <summary>A mover that dies leaves a move that the next one ends, and nothing else.</summary>
[Collection(SharingMovesDatabase.Name)]
public sealed class MoveCrashTests(MovesDatabase moves)
{
    private const string Ledger = "lock table platform.tenant_schemas in share row exclusive mode";
    private const string Reading = "lock table SCHEMA.todos in access exclusive mode";
    private const string Fence = "select pg_advisory_xact_lock_shared(hashtextextended('TENANT', 0))";
    private const string Rows = "select from SCHEMA.todos where tenant_id = 'TENANT' for update";

    [Theory]
    [InlineData("dedicated", Ledger, "building")]
    [InlineData("dedicated", Reading, "copying")]
    [InlineData("dedicated", Fence, "copying")]
    [InlineData("dedicated", Rows, "cleaning")]
    [InlineData("pooled", Reading, "copying")]
    [InlineData("pooled", Fence, "copying")]
    [InlineData("pooled", Rows, "cleaning")]
    public async Task A_move_whose_worker_was_killed_goes_on_where_it_was(string target, string obstacle, string phase)
    {
        var (tenant, source) = (await moves.CreateFilledAsync(), target == "pooled" ? "dedicated" : "pooled");
        var before = await moves.ContentAsync(tenant, "pooled");

        if (source == "dedicated")
            await moves.MoveAsync(tenant, source);

        await KillInFrontOfAsync(tenant, target, obstacle);
        Assert.Equal(phase, await moves.PhaseAsync(tenant));

        await moves.MoveAsync(tenant, target);

        Assert.Equal(before, await moves.ContentAsync(tenant, target));
        await moves.RequireNothingLeftElsewhereAsync(tenant, target);
    }

    [Fact]
    public async Task Whenever_the_movers_connection_breaks_no_row_is_lost()
    {
        var tenant = await moves.CreateFilledAsync();
        var client = new TodoClient(moves.App, tenant, seed: 7);
        var random = new Random(7);
        var broken = 0;

        await client.WhileWorkingAsync(async () =>
        {
            for (var run = 0; run < 24; run++)
                broken += await BreakAsync(tenant, TimeSpan.FromMilliseconds(random.Next(700))) ? 1 : 0;
        });
        var target = (await TargetAsync(tenant))!;
        await moves.MoveAsync(tenant, target);

        Assert.InRange(broken, 5, 24);
        Assert.Equal(client.Committed.OrderBy(todo => todo.Key), await client.FindAsync());
        await moves.RequireNothingLeftElsewhereAsync(tenant, target);
    }

    [Fact]
    public async Task Moves_that_were_left_half_way_are_resumed_together()
    {
        var tenants = new[] { await moves.CreateFilledAsync(), await moves.CreateFilledAsync() };

        foreach (var tenant in tenants)
            await KillInFrontOfAsync(tenant, "dedicated", Reading);

        (await moves.RunAsync("tenant", "move", "--resume")).RequireSuccess();

        foreach (var tenant in tenants)
            await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");
    }

    private async Task KillInFrontOfAsync(TestTenant tenant, string target, string obstacle)
    {
        await using var blocker = new NpgsqlConnection(moves.Database.Owner + ";Pooling=false");
        await blocker.OpenAsync(Cancel);
        var schema = target == "dedicated" ? "pooled" : $"tenant_{tenant.Key}";
        var sql = obstacle.Replace("SCHEMA", schema, StringComparison.Ordinal).Replace("TENANT", $"{tenant.Id}", StringComparison.Ordinal);
        await using var block = new NpgsqlCommand($"begin; {sql}", blocker);
        await block.ExecuteNonQueryAsync(Cancel);
        await using var worker = moves.Start("tenant", "move", tenant.Key, "--to", target);
        await moves.UntilBlockedByAsync(blocker, () => worker.HasExited);
        await worker.KillAsync(Cancel);
    }

    private async Task<bool> BreakAsync(TestTenant tenant, TimeSpan after)
    {
        var moving = moves.MoveAsync(tenant, await TargetAsync(tenant) ?? throw new InvalidOperationException("The tenant is gone."));
        await Task.Delay(after, Cancel);
        await moves.Database.Admin.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tenantplatform-mover'");
        try
        {
            await moving;
            return false;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }

    // Where the move under way leads, or else the other place.
    private Task<string?> TargetAsync(TestTenant tenant) => moves.Database.Owner.ScalarAsync<string>($"""
        select coalesce(
            (select target from platform.tenant_moves where tenant_id = '{tenant.Id}' and finished is null),
            (select case placement when 'pooled' then 'dedicated' else 'pooled' end from platform.tenants where id = '{tenant.Id}'))
        """);
}
