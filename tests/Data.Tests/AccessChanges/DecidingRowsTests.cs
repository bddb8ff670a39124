using TenantPlatform.Data.Access;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;
using TenantContext = TenantPlatform.Data.Isolation.TenantContext;

namespace TenantPlatform.Data.Tests.AccessChanges;

public sealed class DecidingRowsTests(DatabaseFixture database)
{
    [Fact]
    public void Access_is_decided_by_these_rows()
    {
        using var db = database.Platform.Open(TenantContext.ForAuthentication);

        Assert.Equal(
            new[] { typeof(Session), typeof(User), typeof(TenantUser), typeof(Tenant), typeof(Role), typeof(PlatformUser), typeof(TenantEntry) }
                .Select(type => type.Name).Order(),
            db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IDecidesAccess))).Select(type => type.ClrType.Name).Order());
    }

    [Fact]
    public void A_change_of_a_row_concerns_its_user_or_its_tenant()
    {
        var (user, tenant) = (Guid.NewGuid(), Guid.NewGuid());
        var (ofUser, ofTenant) = (AccessChange.OfUser(user), AccessChange.OfTenant(tenant));

        Assert.Equal(ofUser, Change(new Session { UserId = user, TokenHash = [] }));
        Assert.Equal(ofUser, Change(new User { Id = user, Email = "" }));
        Assert.Equal(ofUser, Change(new TenantUser { TenantId = tenant, UserId = user, Roles = [] }));
        Assert.Equal(ofUser, Change(new PlatformUser { UserId = user, Role = PlatformRole.Admin }));
        Assert.Equal(ofUser, Change(new TenantEntry { UserId = user, TenantId = tenant, Reason = "" }));
        Assert.Equal(ofTenant, Change(new Tenant { Id = tenant, Key = "", Slug = "", Name = "" }));
        Assert.Equal(ofTenant, Change(new Role { TenantId = tenant, Name = "" }));
        Assert.Equal(AccessChange.OfEverything, Change(new Role { Name = "" }));
    }

    private static AccessChange Change(IDecidesAccess row) => row.Change;
}
