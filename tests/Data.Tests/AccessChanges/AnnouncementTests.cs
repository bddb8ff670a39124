using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.AccessChanges;

public sealed class AnnouncementTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_saved_change_is_announced_and_known_here_at_once()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);
        var before = Clock.Now;

        await ChangeAsync(user);

        Assert.True(Clock.HasChanged(AccessChange.OfUser(user), before));
        Assert.Equal([AccessChange.OfUser(user)], await announcements.OfAsync(AccessChange.OfUser(user)));
    }

    [Fact]
    public async Task What_is_rolled_back_is_not_announced()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);

        await using (var db = database.Platform.Open(TenantContext.ForAuthentication))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            (await db.Users.SingleAsync(row => row.Id == user, Cancel)).Banned = true;
            await db.SaveChangesAsync(Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        Assert.Empty(await announcements.OfAsync(AccessChange.OfUser(user)));
    }

    [Fact]
    public async Task Changes_of_one_transaction_are_announced_when_it_commits_and_not_before()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);
        AccessChange[] subjects = [AccessChange.OfTenant(tenant.Id), AccessChange.OfUser(tenant.OwnerId)];
        await using var db = database.Platform.Open(tenant.Context);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        (await db.Tenants.SingleAsync(Cancel)).Slug = $"renamed-{tenant.Key}";
        await db.SaveChangesAsync(Cancel);
        (await db.TenantUsers.SingleAsync(Cancel)).Roles = ["admin"];
        await db.SaveChangesAsync(Cancel);

        Assert.Empty(await announcements.OfAsync(subjects));
        await transaction.CommitAsync(Cancel);
        Assert.Equal(subjects.ToHashSet(), (await announcements.OfAsync(subjects)).ToHashSet());
    }

    [Fact]
    public async Task A_tenants_new_role_is_announced_and_a_sign_in_is_not()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);
        await using var inTenant = database.Platform.Open(tenant.Context);
        inTenant.Add(new Role { TenantId = tenant.Id, Name = "scribe", Permissions = ["todos:read"] });
        await inTenant.SaveChangesAsync(Cancel);
        await using var signingIn = database.Platform.Open(TenantContext.ForAuthentication);
        signingIn.Add(new Session { UserId = tenant.OwnerId, TokenHash = RandomHash(), Expires = TimeProvider.System.GetUtcNow().AddDays(1) });
        await signingIn.SaveChangesAsync(Cancel);

        var heard = await announcements.OfAsync(AccessChange.OfTenant(tenant.Id), AccessChange.OfUser(tenant.OwnerId));

        Assert.Equal([AccessChange.OfTenant(tenant.Id)], heard);
    }

    [Fact]
    public async Task A_pooled_context_does_not_announce_for_the_lessee_before()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);

        await using (var db = database.Platform.Open(TenantContext.ForUser(user)))
            db.Announce(AccessChange.OfUser(user));

        for (var lease = 0; lease < 4; lease++)
            await ChangeAsync(await database.App.CreateUserAsync(Cancel));

        Assert.Empty(await announcements.OfAsync(AccessChange.OfUser(user)));
    }

    private AccessChangeClock Clock => (AccessChangeClock)database.App.Services.GetService(typeof(AccessChangeClock))!;

    private static byte[] RandomHash() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private async Task ChangeAsync(Guid user)
    {
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        (await db.Users.SingleAsync(row => row.Id == user, Cancel)).Banned = true;
        await db.SaveChangesAsync(Cancel);
    }
}
