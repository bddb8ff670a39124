using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Billing;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Access;

public sealed class ReferenceDataTests(DatabaseFixture database)
{
    private PlatformDbContext Open() => database.Platform.Open(TenantContext.ForUser(Guid.NewGuid()));

    [Fact]
    public async Task System_roles_are_those_that_the_code_names()
    {
        await using var db = Open();
        var roles = await db.Roles.ToListAsync(Cancel);

        Assert.All(roles, role => Assert.True(role.IsSystem));
        Assert.Equivalent(new[] { TenantRole.Owner, TenantRole.Admin, TenantRole.Member, TenantRole.Viewer }, roles.Select(role => role.Name), strict: true);
    }

    [Fact]
    public async Task System_roles_are_made_of_catalogued_permissions()
    {
        await using var db = Open();
        var catalogue = await db.Permissions.Select(permission => permission.Key).ToListAsync(Cancel);

        Assert.All(await db.Roles.ToListAsync(Cancel), role => Assert.Subset(catalogue.ToHashSet(), role.Permissions.ToHashSet()));
    }

    [Fact]
    public async Task A_viewer_can_change_nothing()
    {
        await using var db = Open();
        var viewer = new PermissionSet((await db.Roles.SingleAsync(role => role.Name == TenantRole.Viewer, Cancel)).Permissions);
        var others = await db.Permissions.Where(permission => !permission.Key.EndsWith(":read")).Select(permission => permission.Key).ToListAsync(Cancel);

        Assert.NotEmpty(others);
        Assert.DoesNotContain(others, viewer.Implies);
    }

    [Fact]
    public async Task Plans_have_typed_limits()
    {
        await using var db = Open();
        var limits = await db.Plans.ToDictionaryAsync(plan => plan.Key, plan => plan.Limits, Cancel);

        Assert.Equal(new PlanLimits { Todos = 1000, Members = 5, Storage = 100 << 20 }, limits[Plan.Free]);
        Assert.Equal(new PlanLimits(), limits[Plan.Enterprise]);
    }
}
