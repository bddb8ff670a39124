using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>The outbox as those see it who send it, on every replica at once.</summary>
internal sealed class OutboxQueue(TenancyDb<PlatformDbContext> platform, IOptions<NotificationOptions> options, TimeProvider time)
{
    private const int ErrorLength = 1000;

    // Longer than an attempt may take: whoever has claimed a message and died leaves it to the others after that.
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromHours(1);

    /// <summary>Takes messages that nobody else has: those named, if they have not been tried yet, and any that are due.</summary>
    public async Task<List<OutboxMessage>> ClaimAsync(Guid[] fresh, int maximum, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = platform.Open(TenantContext.ForDelivery);
        return await db.OutboxMessages.FromSql(
            $"""
            update platform.outbox_messages set attempts = attempts + 1, next_attempt = {now + Claim}, updated = {now}
            where id in (
                select id from platform.outbox_messages
                where next_attempt is not null and (next_attempt <= {now} or (id = any ({fresh}) and attempts = 0))
                order by next_attempt limit {maximum} for update skip locked)
            returning *
            """).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<int> CountPendingAsync(CancellationToken cancellationToken)
    {
        await using var db = platform.Open(TenantContext.ForDelivery);
        return await db.OutboxMessages.CountAsync(message => message.NextAttempt != null, cancellationToken);
    }

    public Task MarkSentAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        EndAttemptAsync(message, nextAttempt: null, sent: time.GetUtcNow(), error: null, cancellationToken);

    /// <summary>True if there will be another attempt, false if the message is given up.</summary>
    public async Task<bool> MarkFailedAsync(OutboxMessage message, string error, CancellationToken cancellationToken)
    {
        DateTimeOffset? next = message.Attempts < options.Value.MaximumAttempts ? time.GetUtcNow() + Delay(message.Attempts) : null;
        await EndAttemptAsync(message, next, sent: null, error[..Math.Min(error.Length, ErrorLength)], cancellationToken);
        return next is not null;
    }

    /// <summary>Withdraws what is still to be sent to the address.</summary>
    public async Task WithdrawAsync(string recipient, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = platform.Open(TenantContext.ForDelivery);
        await db.OutboxMessages.Where(message => message.Recipient == recipient && message.NextAttempt != null).ExecuteUpdateAsync(
            set => set.SetProperty(message => message.Payload, (byte[]?)null).SetProperty(message => message.NextAttempt, (DateTimeOffset?)null)
                .SetProperty(message => message.Deleted, now).SetProperty(message => message.Updated, now),
            cancellationToken);
    }

    // Doubles, and differs by up to half, so that messages that failed together do not come back together.
    private static TimeSpan Delay(int attempts)
    {
        var delay = FirstDelay * Math.Pow(2, attempts - 1);
        return (delay < MaximumDelay ? delay : MaximumDelay) * (1 + (Random.Shared.NextDouble() / 2));
    }

    // Only while the claim is still ours: whoever was slower than it must not undo what the next one did.
    private async Task EndAttemptAsync(
        OutboxMessage message, DateTimeOffset? nextAttempt, DateTimeOffset? sent, string? error, CancellationToken cancellationToken)
    {
        var (now, payload) = (time.GetUtcNow(), nextAttempt is null ? null : message.Payload);
        await using var db = platform.Open(TenantContext.ForDelivery);
        await db.OutboxMessages.Where(row => row.Id == message.Id && row.Attempts == message.Attempts && row.NextAttempt != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.NextAttempt, nextAttempt).SetProperty(row => row.Payload, payload)
                    .SetProperty(row => row.Sent, sent).SetProperty(row => row.Error, error).SetProperty(row => row.Updated, now),
                cancellationToken);
    }
}
