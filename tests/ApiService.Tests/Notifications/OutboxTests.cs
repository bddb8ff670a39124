using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Tests.Notifications;

public sealed class OutboxTests(ApiFixture fixture)
{
    private const string Kind = "test-message";

    [Fact]
    public async Task A_message_goes_out_when_its_transaction_commits_and_not_when_it_is_rolled_back()
    {
        var (lost, kept) = (NewEmail(), NewEmail());
        await using var db = fixture.Api.Services.GetRequiredService<TenancyDb<PlatformDbContext>>().Open(TenantContext.ForAuthentication);

        foreach (var email in new[] { lost, kept })
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            Add(db, email);
            await db.SaveChangesAsync(Cancel);
            await (email == kept ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        }

        // Its head start is longer than a mailbox waits, so it was this replica that sent it.
        await MailboxOf(kept).AwaitAsync(Kind);
        Assert.Empty(await MailboxOf(lost).ReadAsync());
    }

    [Fact]
    public async Task What_a_dead_replica_left_behind_is_sent_by_another()
    {
        var email = NewEmail();

        await LeaveBehindAsync(email);

        Assert.Equal("hello", (string?)(await MailboxOf(email).AwaitAsync(Kind))["values"]!["word"]);
    }

    [Fact]
    public async Task Several_replicas_send_each_message_once()
    {
        await using var other = fixture.Start(new Dictionary<string, string> { ["Notifications:PollSeconds"] = "1" });
        var emails = Enumerable.Range(0, 60).Select(_ => NewEmail()).ToArray();

        await LeaveBehindAsync(emails);
        await AwaitSentAsync(emails);

        foreach (var email in emails)
            Assert.Single([.. await MailboxOf(email).ReadAsync(), .. await new Mailbox(other.Anonymous, email).ReadAsync()]);
    }

    [Fact]
    public async Task A_sent_message_is_kept_without_what_it_said()
    {
        var email = NewEmail();
        await LeaveBehindAsync(email);

        await AwaitSentAsync(email);

        Assert.Equal(1, await CountAsync("recipient = $1 and payload is null and next_attempt is null and error is null and attempts = 1", email));
    }

    [Fact]
    public async Task A_message_under_another_key_says_why_it_waits_and_may_yet_be_sent()
    {
        var email = NewEmail();
        await AddUnreadableAsync(email, attempts: 0);

        await AwaitAsync("recipient = $1 and error is not null", email);

        Assert.Equal(1, await CountAsync("recipient = $1 and payload is not null and next_attempt > now() and sent is null", email));
    }

    [Fact]
    public async Task A_message_is_given_up_after_its_last_attempt_and_its_error_is_kept()
    {
        var email = NewEmail();
        await AddUnreadableAsync(email, attempts: 9);

        await AwaitAsync("recipient = $1 and next_attempt is null", email);

        Assert.Equal(1, await CountAsync("recipient = $1 and payload is null and sent is null and error is not null and attempts = 10", email));
    }

    [Fact]
    public async Task Messages_are_shown_in_Development_only_and_never_documented()
    {
        await using var production = fixture.Start(new Dictionary<string, string>
        {
            ["environment"] = "Production",
            ["Notifications:Host"] = "127.0.0.1",
            ["Notifications:From"] = "noreply@example.org",
            ["Notifications:LinkBase"] = "https://api.example.org",
        });

        (await production.Anonymous.GetAsync("/dev/outbox")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.DoesNotContain("/dev/", (await fixture.Api.Anonymous.GetAsync("/openapi/v1.json")).Text, StringComparison.Ordinal);
    }

    private Mailbox MailboxOf(string email) => new(fixture.Api.Anonymous, email);

    private void Add(PlatformDbContext db, string email) => fixture.Api.Services.GetRequiredService<Outbox>()
        .Add(db, new Notification(Kind, email, new Dictionary<string, string> { ["word"] = "hello" }));

    // Through a DbContext that tells no dispatcher, as if the process had ended between commit and send, a while ago.
    private async Task LeaveBehindAsync(params string[] emails)
    {
        await using var db = fixture.Database.Platform.Open(TenantContext.ForAuthentication);

        foreach (var email in emails)
            Add(db, email);

        foreach (var entry in db.ChangeTracker.Entries<OutboxMessage>())
            entry.Entity.NextAttempt = DateTimeOffset.UtcNow;

        await db.SaveChangesAsync(Cancel);
    }

    private async Task AddUnreadableAsync(string email, int attempts)
    {
        await using var db = fixture.Database.Platform.Open(TenantContext.ForAuthentication);
        db.Add(new OutboxMessage { Kind = Kind, Recipient = email, Payload = new byte[64], NextAttempt = DateTimeOffset.UtcNow, Attempts = attempts });
        await db.SaveChangesAsync(Cancel);
    }

    private async Task AwaitSentAsync(params string[] emails)
    {
        foreach (var email in emails)
            await AwaitAsync("recipient = $1 and sent is not null", email);
    }

    private async Task AwaitAsync(string condition, string email)
    {
        var waited = Stopwatch.StartNew();

        while (await CountAsync(condition, email) is 0)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"Within a minute there was no message where {condition}.");
            await Task.Delay(50, Cancel);
        }
    }

    private Task<long> CountAsync(string condition, string email) =>
        fixture.CountAsAdminAsync($"select count(*) from platform.outbox_messages where {condition}", email);
}
