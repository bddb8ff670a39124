using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock gate = new();
    private readonly List<(Type EventType, DistributedApplicationEventSubscription Subscription)> subscriptions = [];

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent
    {
        var subscription = new DistributedApplicationEventSubscription((@event, cancellationToken) => callback((T)@event, cancellationToken));
        lock (gate)
            subscriptions.Add((typeof(T), subscription));
        return subscription;
    }

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Subscribe<T>((@event, cancellationToken) => @event.Resource == resource ? callback(@event, cancellationToken) : Task.CompletedTask);

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (gate)
            subscriptions.RemoveAll(known => known.Subscription == subscription);
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken) where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken)
        where T : IDistributedApplicationEvent
    {
        List<DistributedApplicationEventSubscription> interested;
        lock (gate)
            interested = [.. subscriptions.Where(known => known.EventType == typeof(T)).Select(known => known.Subscription)];

        var concurrent = dispatchBehavior is EventDispatchBehavior.BlockingConcurrent or EventDispatchBehavior.NonBlockingConcurrent;
        var dispatch = concurrent
            ? Task.WhenAll(interested.Select(subscription => Task.Run(() => subscription.Callback(@event, cancellationToken), cancellationToken)))
            : SequentialAsync(interested, @event, cancellationToken);

        var blocking = dispatchBehavior is EventDispatchBehavior.BlockingSequential or EventDispatchBehavior.BlockingConcurrent;
        return blocking ? dispatch : Task.CompletedTask;
    }

    private static async Task SequentialAsync(
        List<DistributedApplicationEventSubscription> subscriptions, IDistributedApplicationEvent @event, CancellationToken cancellationToken)
    {
        foreach (var subscription in subscriptions)
            await subscription.Callback(@event, cancellationToken);
    }
}
