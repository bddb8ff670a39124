using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Tenancy;

public sealed class MembershipCheckTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_member_is_let_in_and_a_stranger_is_not()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var stranger = await database.App.CreateUserAsync(Cancel);

        Assert.True(await IsMemberAsync(tenant, tenant.OwnerId));
        Assert.False(await IsMemberAsync(tenant, stranger));
    }

    [Fact]
    public async Task A_suspended_member_is_not_let_in() =>
        Assert.False(await IsMemberAfterAsync(member => member.Status = TenantUserStatus.Suspended));

    [Fact]
    public async Task A_former_member_is_not_let_in() =>
        Assert.False(await IsMemberAfterAsync(member => member.Deleted = TimeProvider.System.GetUtcNow()));

    [Fact]
    public async Task Nobody_is_let_in_to_a_deleted_tenant() =>
        Assert.False(await IsMemberAfterAsync(member => member.Tenant.Deleted = TimeProvider.System.GetUtcNow()));

    [Fact]
    public async Task The_database_says_when_somebody_joined()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);

        Assert.InRange((await db.TenantUsers.SingleAsync(Cancel)).Joined, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task Members_know_one_another_by_profile_and_not_by_users_row()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var colleague = await database.App.AddMemberAsync(tenant, Cancel);
        await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);

        var profiles = await db.TenantUsers
            .Join(db.MemberProfiles(), member => member.UserId, profile => profile.UserId, (_, profile) => profile.UserId).ToListAsync(Cancel);

        Assert.Equivalent(new[] { tenant.OwnerId, colleague }, profiles, strict: true);
        Assert.Equal(2, await db.MemberProfiles().CountAsync(Cancel));
        Assert.Equal(tenant.OwnerId, Assert.Single(await db.Users.IgnoreQueryFilters().ToListAsync(Cancel)).Id);
    }

    [Fact]
    public async Task Settings_and_metadata_keep_their_types()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using (var db = database.Platform.Open(tenant.Context))
        {
            var row = await db.Tenants.SingleAsync(Cancel);
            row.Settings = row.Settings with { InvitationDays = 3, EmailDomains = ["example.org"] };
            row.Metadata = new Dictionary<string, string> { ["crm"] = "42" };
            await db.SaveChangesAsync(Cancel);
        }

        await using var again = database.Platform.Open(tenant.Context);
        var read = await again.Tenants.SingleAsync(Cancel);
        Assert.Equal((3, "example.org", "42"), (read.Settings.InvitationDays, read.Settings.EmailDomains!.Single(), read.Metadata["crm"]));
    }

    private async Task<bool> IsMemberAfterAsync(Action<TenantUser> change)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using (var db = database.Platform.Open(tenant.Context))
        {
            change(await db.TenantUsers.Include(member => member.Tenant).SingleAsync(Cancel));
            await db.SaveChangesAsync(Cancel);
        }

        return await IsMemberAsync(tenant, tenant.OwnerId);
    }

    private async Task<bool> IsMemberAsync(TestTenant tenant, Guid userId)
    {
        await using var db = database.Platform.Open(TenantContext.ForUser(userId));
        return await db.FindMembershipAsync(userId, tenant.Key, Cancel) is not null;
    }
}
