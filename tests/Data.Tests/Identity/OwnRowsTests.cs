using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Identity;

/// <summary>Users, accounts and sessions: one's own, and all of them only while somebody is signing in.</summary>
public sealed class OwnRowsTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_user_sees_only_themselves()
    {
        var user = await CreateSignedInUserAsync();
        await CreateSignedInUserAsync();
        await using var db = database.Platform.Open(TenantContext.ForUser(user));

        Assert.Equal(user, (await db.Users.IgnoreQueryFilters().SingleAsync(Cancel)).Id);
        Assert.Equal(user, (await db.Accounts.IgnoreQueryFilters().SingleAsync(Cancel)).UserId);
        Assert.Equal(user, (await db.Sessions.IgnoreQueryFilters().SingleAsync(Cancel)).UserId);
    }

    [Fact]
    public async Task Work_in_a_tenant_reveals_no_other_members_account()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.App.AddMemberAsync(tenant, Cancel);
        await CreateSignedInUserAsync();
        await using var db = database.Platform.Open(tenant.Context);

        Assert.Equal(tenant.OwnerId, (await db.Users.SingleAsync(Cancel)).Id);
        Assert.Empty(await db.Accounts.ToListAsync(Cancel));
        Assert.Empty(await db.Sessions.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Signing_in_finds_anybody_but_no_tenant()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);

        Assert.True(await db.Users.AnyAsync(user => user.Id == tenant.OwnerId, Cancel));
        Assert.Empty(await db.Tenants.ToListAsync(Cancel));
        Assert.Empty(await db.TenantUsers.ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_session_for_somebody_else_cannot_be_made()
    {
        var (user, victim) = (await database.App.CreateUserAsync(Cancel), await database.App.CreateUserAsync(Cancel));
        await using var db = database.Platform.Open(TenantContext.ForUser(user));
        db.Add(NewSession(victim));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    [Fact]
    public async Task A_session_of_somebody_else_cannot_be_ended_or_taken_over()
    {
        var (user, victim) = (await database.App.CreateUserAsync(Cancel), await CreateSignedInUserAsync());
        await using var db = database.Platform.Open(TenantContext.ForUser(user));

        db.Announce(AccessChange.OfUser(victim));
        Assert.Equal(0, await db.Sessions.Where(session => session.UserId == victim)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.Deleted, DateTimeOffset.UnixEpoch), Cancel));
        db.Announce(AccessChange.OfUser(victim));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RawSql.SqlStateAsync(
            () => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.UserId, user), Cancel)));
    }

    [Fact]
    public async Task A_password_of_somebody_else_cannot_be_changed()
    {
        var (user, victim) = (await database.App.CreateUserAsync(Cancel), await CreateSignedInUserAsync());
        await using var db = database.Platform.Open(TenantContext.ForUser(user));

        Assert.Equal(0, await db.Accounts.Where(account => account.UserId == victim)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Password, "mine"), Cancel));
    }

    [Fact]
    public async Task Emails_are_unique_and_lower_case()
    {
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        var email = $"{Guid.NewGuid():N}@example.org";
        db.Add(new User { Email = email });
        await db.SaveChangesAsync(Cancel);

        db.Add(new User { Email = email });
        Assert.Equal(PostgresErrorCodes.UniqueViolation, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
        db.ChangeTracker.Clear();
        db.Add(new User { Email = email.ToUpperInvariant() });
        Assert.Equal(PostgresErrorCodes.CheckViolation, await RawSql.SqlStateAsync(() => db.SaveChangesAsync(Cancel)));
    }

    private async Task<Guid> CreateSignedInUserAsync()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        db.Add(new Account { UserId = user, ProviderId = Account.Credential, AccountId = user.ToString(), Password = "hash" });
        db.Add(NewSession(user));
        await db.SaveChangesAsync(Cancel);
        return user;
    }

    private static Session NewSession(Guid user) => new()
    {
        UserId = user,
        TokenHash = [.. Guid.NewGuid().ToByteArray(), .. Guid.NewGuid().ToByteArray()],
        Expires = TimeProvider.System.GetUtcNow().AddDays(1),
    };
}
