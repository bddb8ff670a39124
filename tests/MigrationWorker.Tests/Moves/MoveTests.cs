using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Fixtures;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

[Collection(SharingMovesDatabase.Name)]
public sealed class MoveTests(MovesDatabase moves)
{
    [Fact]
    public async Task A_tenant_takes_every_row_along_and_back()
    {
        var (tenant, other) = (await moves.CreateFilledAsync(), await moves.CreateFilledAsync());
        var (before, others) = (await moves.ContentAsync(tenant, "pooled"), await moves.ContentAsync(other, "pooled"));
        Assert.All(ModelTables.All.Where(table => table.IsTenantPlane()), table => Assert.Contains($"{table.Name} {{", before, StringComparison.Ordinal));

        await moves.MoveAsync(tenant, "dedicated");

        Assert.Equal(before, await moves.ContentAsync(tenant, "dedicated"));
        await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");

        await moves.MoveAsync(tenant, "pooled");

        Assert.Equal(before, await moves.ContentAsync(tenant, "pooled"));
        await moves.RequireNothingLeftElsewhereAsync(tenant, "pooled");
        Assert.Equal(others, await moves.ContentAsync(other, "pooled"));
    }

    [Fact]
    public async Task What_the_API_reads_is_the_same_before_and_after()
    {
        var tenant = await moves.CreateFilledAsync();
        var before = await ReadAsync(tenant);

        await moves.MoveAsync(tenant, "dedicated");
        var between = await ReadAsync(tenant);
        await moves.MoveAsync(tenant, "pooled");

        Assert.Equal(before, between);
        Assert.Equal(before, await ReadAsync(tenant));
    }

    [Fact]
    public async Task A_tenant_can_move_again_and_again()
    {
        var tenant = await moves.CreateFilledAsync();
        var before = await moves.ContentAsync(tenant, "pooled");

        foreach (var target in (string[])["dedicated", "pooled", "dedicated"])
            await moves.MoveAsync(tenant, target);

        Assert.Equal(before, await moves.ContentAsync(tenant, "dedicated"));
        await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");
    }

    [Theory]
    [InlineData("status = 'suspended'")]
    [InlineData("deleted = now()")]
    public async Task Suspended_and_deleted_tenants_move_too(string state)
    {
        var tenant = await moves.CreateFilledAsync();
        await moves.Database.Owner.ExecuteAsync($"update platform.tenants set {state} where id = '{tenant.Id}'");

        await moves.MoveAsync(tenant, "dedicated");

        await moves.RequireNothingLeftElsewhereAsync(tenant, "dedicated");
    }

    private async Task<string> ReadAsync(TestTenant tenant)
    {
        await using var db = moves.App.Tenants.Open(tenant.Context);
        await using var platform = moves.App.Platform.Open(tenant.Context);
        object[] answers =
        [
            await db.Todos.OrderBy(row => row.Id).ToListAsync(Cancel),
            await db.Settings.OrderBy(row => row.Id).ToListAsync(Cancel),
            await db.OnboardingSteps.OrderBy(row => row.Id).ToListAsync(Cancel),
            await db.UserProgress.OrderBy(row => row.Id).ToListAsync(Cancel),
            await db.AuditLogs.OrderBy(row => row.Id).ToListAsync(Cancel),
            await db.CtRawSnapshots.OrderBy(row => row.Id).ToListAsync(Cancel),
            await platform.Tenants.Where(row => row.Id == tenant.Id).Select(row => new { row.Name, row.Status, row.Updated }).ToListAsync(Cancel),
        ];
        return JsonSerializer.Serialize(answers);
    }
}
