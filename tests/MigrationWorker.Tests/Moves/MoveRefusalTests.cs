using System.Text.Json;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Moves;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

/// <summary>What the verb says when there is nothing to move, or not so, or not now.</summary>
[Collection(SharingMovesDatabase.Name)]
public sealed class MoveRefusalTests(MovesDatabase moves)
{
    [Theory]
    [InlineData("--to", "elsewhere")]
    [InlineData("--to")]
    [InlineData("--to", "pooled", "--fast")]
    public async Task What_the_verb_does_not_know_is_misuse(params string[] options) =>
        Assert.Equal(2, (await moves.RunAsync(["tenant", "move", "anybody", .. options])).ExitCode);

    [Fact]
    public async Task An_unknown_tenant_is_named()
    {
        var result = await moves.RunAsync("tenant", "move", "nobody", "--to", "dedicated");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There is no tenant with the id, key or slug 'nobody'.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_moves_and_reports_as_JSON()
    {
        var tenant = await moves.CreateFilledAsync();

        var dry = await moves.RunAsync("tenant", "move", tenant.Slug, "--to", "dedicated", "--dry-run");
        var result = await moves.RunAsync("tenant", "move", tenant.Id.ToString(), "--to", "dedicated", "--json");

        Assert.Contains("would be moved from pooled to dedicated", dry.Output, StringComparison.Ordinal);
        result.RequireSuccess();
        var report = JsonDocument.Parse(result.Output[result.Output.IndexOf("{\n", StringComparison.Ordinal)..]).RootElement.GetProperty("moves")[0];
        Assert.Equal("moved", report.GetProperty("outcome").GetString());
        Assert.InRange(report.GetProperty("pauseMilliseconds").GetDouble(), 0.1, 60_000);
        await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");
    }

    [Fact]
    public async Task A_tenant_that_is_there_already_stays()
    {
        var tenant = await moves.App.CreateTenantAsync(Cancel);

        Assert.Equal(MoveOutcome.AlreadyThere, (await moves.MoveAsync(tenant, "pooled")).Outcome);
        Assert.Null(await moves.PhaseAsync(tenant));
    }

    [Fact]
    public async Task A_tenant_whose_schema_is_being_built_is_refused()
    {
        var tenant = await moves.App.CreateTenantAsync(Cancel);
        await moves.Database.Owner.ExecuteAsync($"update platform.tenants set status = 'provisioning', placement = 'dedicated' where id = '{tenant.Id}'");

        var refusal = await Assert.ThrowsAsync<MoveRefusedException>(() => moves.MoveAsync(tenant, "pooled"));

        Assert.Contains("just being provisioned", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dedicated")]
    [InlineData("pooled")]
    public async Task A_cancelled_move_leaves_nothing_behind(string target)
    {
        var (tenant, source) = (await moves.CreateFilledAsync(), target == "pooled" ? "dedicated" : "pooled");
        await (source == "dedicated" ? moves.MoveAsync(tenant, source) : Task.CompletedTask);
        var before = await moves.ContentAsync(tenant, source);
        await BreakAtFenceAsync(tenant, target);
        Assert.Equal(before, await moves.ContentAsync(tenant, target));

        await moves.Mover.CancelAsync(tenant.Key, Cancel);

        Assert.Equal(before, await moves.ContentAsync(tenant, source));
        Assert.Equal("cancelled", await moves.PhaseAsync(tenant));
        await moves.RequireNothingLeftElsewhereAsync(tenant, source);
    }

    [Fact]
    public async Task A_copy_that_is_not_like_the_original_is_found_and_removed()
    {
        var tenant = await moves.CreateFilledAsync();

        var found = await Assert.ThrowsAsync<MoveDiffersException>(() => moves.MoveAsync(tenant, "dedicated", progress =>
        {
            if (progress.Step == "catching up")
                moves.Database.Owner.ExecuteAsync($"update tenant_{tenant.Key}.settings set version = version + 1").GetAwaiter().GetResult();
        }));

        Assert.Contains("of settings differ", found.Message, StringComparison.Ordinal);
        Assert.Equal("cancelled", await moves.PhaseAsync(tenant));
        await moves.RequireNothingLeftElsewhereAsync(tenant, "pooled");
    }

    [Fact]
    public async Task Two_movers_do_not_move_the_same_tenant()
    {
        var tenant = await moves.CreateFilledAsync();
        await using var first = await MoverSession.OpenAsync(moves.Database.Owner + ";Pooling=false", Cancel);
        Assert.True(await first.TryLockAsync(tenant.Id, Cancel));

        var refusal = await Assert.ThrowsAsync<MoveRefusedException>(() => moves.MoveAsync(tenant, "dedicated"));

        Assert.Contains("Another worker is moving", refusal.Message, StringComparison.Ordinal);
    }

    private async Task BreakAtFenceAsync(TestTenant tenant, string target)
    {
        await using var blocker = new NpgsqlConnection(moves.Database.Owner + ";Pooling=false");
        await blocker.OpenAsync(Cancel);
        await using var block = new NpgsqlCommand($"begin; select pg_advisory_xact_lock_shared(hashtextextended('{tenant.Id}', 0))", blocker);
        await block.ExecuteNonQueryAsync(Cancel);
        var moving = moves.MoveAsync(tenant, target);
        await moves.UntilBlockedByAsync(blocker, () => moving.IsCompleted);
        await moves.Database.Admin.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tenantplatform-mover'");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => moving);
    }
}
