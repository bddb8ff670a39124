using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.AccessChanges;

public sealed class NotificationTests(DatabaseFixture database)
{
    // PostgreSQL's limit.
    private const int MaximumBytes = 7999;

    [Fact]
    public async Task Many_changes_travel_in_several_notifications()
    {
        AccessChange[] changes = [.. Enumerable.Range(0, 1999).Select(_ => AccessChange.OfUser(Guid.NewGuid()))];
        await using var announcements = await Announcements.HearAsync(database);

        await AnnounceAsync(changes);

        Assert.Equal(changes.ToHashSet(), (await announcements.OfAsync(changes)).ToHashSet());
        Assert.All(await announcements.PayloadsAsync(), payload => Assert.InRange(payload.Length, 1, MaximumBytes));
    }

    [Fact]
    public async Task Too_many_changes_are_a_change_of_everything()
    {
        await using var announcements = await Announcements.HearAsync(database);

        await AnnounceAsync([.. Enumerable.Range(0, 2001).Select(_ => AccessChange.OfTenant(Guid.NewGuid()))]);

        Assert.NotEmpty(await announcements.OfAsync(AccessChange.OfEverything));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("x0192a6f3c1de7b2a8f4e5d6c7b8a9f01")]
    [InlineData("u0192a6f3")]
    public void What_cannot_be_read_is_a_change_of_everything(string payload) =>
        Assert.Equal([AccessChange.OfEverything], AccessChangeNotification.Read(payload));

    private async Task AnnounceAsync(AccessChange[] changes)
    {
        await using var db = database.Platform.Open(TenantContext.ForAuthentication);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        db.Announce(changes);
        await transaction.CommitAsync(Cancel);
    }
}
