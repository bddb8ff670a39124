using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.AccessChanges;

/// <summary>Statements that SaveChanges does not see.</summary>
public sealed class BulkStatementTests(DatabaseFixture database)
{
    [Fact]
    public async Task One_that_is_not_announced_is_refused()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);

        var refusals = new[]
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => BanAsync(db, user)),
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.Sessions.ExecuteDeleteAsync(Cancel)),
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => db.Database.ExecuteSqlAsync($"UPDATE platform.users set banned = true where id = {user}", Cancel)),
        };

        Assert.All(refusals, refusal => Assert.Contains("call Announce", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_announced_counts_its_rows_and_is_heard()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        db.Announce(AccessChange.OfUser(user));

        Assert.Equal(1, await BanAsync(db, user));
        Assert.Equal([AccessChange.OfUser(user)], await announcements.OfAsync(AccessChange.OfUser(user)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => BanAsync(db, user));
    }

    [Fact]
    public async Task In_a_transaction_it_is_heard_when_that_commits()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var announcements = await Announcements.HearAsync(database);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        db.Announce(AccessChange.OfUser(user));

        Assert.Equal(1, await BanAsync(db, user));
        Assert.Empty(await announcements.OfAsync(AccessChange.OfUser(user)));
        await transaction.CommitAsync(Cancel);
        Assert.Single(await announcements.OfAsync(AccessChange.OfUser(user)));
    }

    [Fact]
    public async Task One_that_returns_rows_needs_a_transaction()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        db.Announce(AccessChange.OfUser(user));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => db.Users.FromSql($"update platform.users set banned = true where id = {user} returning *").IgnoreQueryFilters().ToListAsync(Cancel));

        Assert.Contains("begin a transaction first", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locking_rows_is_no_change()
    {
        var user = await database.App.CreateUserAsync(Cancel);
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);

        Assert.Single(await db.Users.FromSql($"select * from platform.users where id = {user} for update").ToListAsync(Cancel));
    }

    private static Task<int> BanAsync(PlatformDbContext db, Guid user) =>
        db.Users.Where(row => row.Id == user).ExecuteUpdateAsync(set => set.SetProperty(row => row.Banned, true), Cancel);
}
