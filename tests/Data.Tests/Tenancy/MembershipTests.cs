using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Tenancy;

public sealed class MembershipTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_user_lists_exactly_the_tenants_they_belong_to()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForUser(tenant.OwnerId));

        Assert.Equal(tenant.Id, (await db.Tenants.SingleAsync(Cancel)).Id);
        Assert.Equal(tenant.Id, (await db.TenantUsers.SingleAsync(Cancel)).TenantId);
        Assert.Equal([tenant.Id], await MyTenantsAsync(TenantContext.ForUser(tenant.OwnerId)));
    }

    [Fact]
    public async Task My_tenants_are_nobodys_outside_the_scope_of_a_user()
    {
        var tenant = await database.CreateTenantAsync(Cancel);

        Assert.Empty(await MyTenantsAsync(tenant.Context));
        Assert.Empty(await MyTenantsAsync(TenantContext.ForAuthentication));
        Assert.Empty((await database.App.DataSource.ScalarAsync<Guid[]>("select tenancy.my_tenants()"))!);
    }

    [Fact]
    public async Task A_membership_that_ended_is_no_longer_mine()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var member = await database.App.AddMemberAsync(tenant, Cancel);
        await using var db = database.Platform.Open(tenant.Context);
        (await db.TenantUsers.SingleAsync(row => row.UserId == member, Cancel)).Deleted = TimeProvider.System.GetUtcNow();
        await db.SaveChangesAsync(Cancel);

        Assert.Empty(await MyTenantsAsync(TenantContext.ForUser(member)));
    }

    [Fact]
    public async Task Work_in_a_tenant_sees_its_members_and_no_others()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var member = await database.App.AddMemberAsync(tenant, Cancel);
        await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);

        Assert.Equal(
            new[] { tenant.OwnerId, member }.Order(),
            (await db.TenantUsers.Select(row => row.UserId).ToListAsync(Cancel)).Order());
        Assert.Equal(tenant.Id, (await db.Tenants.SingleAsync(Cancel)).Id);
    }

    [Fact]
    public async Task A_user_cannot_make_themselves_a_member()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var user = await database.App.CreateUserAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForUser(user));
        db.Add(new TenantUser { TenantId = victim.Id, UserId = user, Roles = [TenantRole.Owner] });

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    [Fact]
    public async Task Work_in_a_tenant_cannot_add_members_to_another()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);
        db.Add(new TenantUser { TenantId = victim.Id, UserId = tenant.OwnerId, Roles = [TenantRole.Owner] });

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    [Fact]
    public async Task Work_in_a_tenant_cannot_add_anybody_else_to_it()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);
        db.Add(new TenantUser { TenantId = tenant.Id, UserId = await database.App.CreateUserAsync(Cancel), Roles = [TenantRole.Member] });

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    [Fact]
    public async Task A_member_cannot_promote_themselves_outside_the_tenant()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var member = await database.App.AddMemberAsync(tenant, Cancel);
        await using var db = database.Platform.Open(TenantContext.ForUser(member));

        await AssertNothingWrittenAsync(db, () => db.TenantUsers.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Roles, new[] { TenantRole.Owner }), Cancel));
    }

    [Fact]
    public async Task A_member_cannot_rename_or_delete_the_tenant_outside_it()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var member = await database.App.AddMemberAsync(tenant, Cancel);
        await using var db = database.Platform.Open(TenantContext.ForUser(member));

        await AssertNothingWrittenAsync(db, () => db.Tenants.ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "mine"), Cancel));
        await AssertNothingWrittenAsync(db, () => db.Tenants.ExecuteDeleteAsync(Cancel));
        await AssertNothingWrittenAsync(db, () => db.TenantUsers.ExecuteDeleteAsync(Cancel));
    }

    // Refused or not found: either keeps the row.
    private static async Task AssertNothingWrittenAsync(PlatformDbContext db, Func<Task<int>> write)
    {
        db.Announce(AccessChange.OfEverything);

        try
        {
            Assert.Equal(0, await write());
        }
        catch (PostgresException e)
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, e.SqlState);
        }
    }

    private async Task<Guid[]> MyTenantsAsync(TenantContext context) =>
        (await database.App.DataSource.ScalarAsync<Guid[]>("select tenancy.my_tenants()", database.Signer.Sign(context)))!;
}
