using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Tenancy;

public sealed class InvitationTests(DatabaseFixture database)
{
    private readonly byte[] tokenHash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    [Fact]
    public async Task Whoever_has_the_token_sees_the_offer_before_signing_in()
    {
        var tenant = await InviteAsync("ann@example.org");
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);

        var offer = await db.InvitationOffers(tenant.Id, tokenHash).SingleAsync(Cancel);

        Assert.Equal(("ann@example.org", TenantRole.Member, InvitationStatus.Pending), (offer.Email, offer.Role, offer.Status));
    }

    [Fact]
    public async Task Without_the_token_an_invitation_is_the_tenants_alone()
    {
        var tenant = await InviteAsync("ann@example.org");
        await using var inside = database.Platform.Open(tenant.Context);
        await using var other = database.Platform.Open((await database.CreateTenantAsync(Cancel)).Context);
        await using var auth = database.Platform.Open(TenantContext.ForAuthentication);

        Assert.Equal(1, await inside.Invitations.CountAsync(Cancel));
        Assert.Equal(0, await other.Invitations.IgnoreQueryFilters().CountAsync(Cancel));
        Assert.Equal(0, await auth.Invitations.IgnoreQueryFilters().CountAsync(Cancel));
        Assert.Empty(await auth.InvitationOffers(tenant.Id, new byte[32]).ToListAsync(Cancel));
    }

    [Fact]
    public async Task An_address_has_one_pending_invitation()
    {
        var tenant = await InviteAsync("ann@example.org");
        await using var db = database.Platform.Open(tenant.Context);
        db.Add(Invitation(tenant, "ann@example.org", RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)));

        var error = await RawSql.PostgresErrorAsync(() => db.SaveChangesAsync(Cancel));

        Assert.Equal("email", Constraint.Describe(error.ConstraintName!)!.Field);
    }

    [Fact]
    public async Task A_canceled_invitation_frees_its_address()
    {
        var tenant = await InviteAsync("ann@example.org");
        await using var db = database.Platform.Open(tenant.Context);
        (await db.Invitations.SingleAsync(Cancel)).Status = InvitationStatus.Canceled;
        await db.SaveChangesAsync(Cancel);

        db.Add(Invitation(tenant, "ann@example.org", RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)));

        Assert.Equal(1, await db.SaveChangesAsync(Cancel));
    }

    private async Task<TestTenant> InviteAsync(string email)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(tenant.Context);
        db.Add(Invitation(tenant, email, tokenHash));
        await db.SaveChangesAsync(Cancel);
        return tenant;
    }

    private static Invitation Invitation(TestTenant tenant, string email, byte[] tokenHash) => new()
    {
        TenantId = tenant.Id,
        Email = email,
        InvitedBy = tenant.OwnerId,
        TokenHash = tokenHash,
        Expires = TimeProvider.System.GetUtcNow().AddDays(7),
    };
}
