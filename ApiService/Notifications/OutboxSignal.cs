using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>Tells this replica's <see cref="OutboxDispatcher"/> which messages were just committed here, so that they go out at once.</summary>
internal sealed class OutboxSignal : DbTransactionInterceptor
{
    private const int Capacity = 1000;

    // What does not fit is sent once its head start is over.
    private readonly Channel<Guid> committed = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>The messages committed since the last call; waits for one at most as long as <paramref name="patience"/>, and is then empty.</summary>
    public async Task<Guid[]> WaitAsync(int maximum, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);

        try
        {
            await committed.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }

        var ids = new List<Guid>(maximum);
        while (ids.Count < maximum && committed.Reader.TryRead(out var id))
        {
            ids.Add(id);
        }

        return [.. ids];
    }

    private void Tell(DbContext? db)
    {
        foreach (var message in db?.ChangeTracker.Entries<OutboxMessage>() ?? [])
        {
            committed.Writer.TryWrite(message.Entity.Id);
        }
    }
}
