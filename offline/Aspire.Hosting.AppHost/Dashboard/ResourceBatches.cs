using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Puts together what is there at the same moment, only the last state of each instance. The first batch is what was known
/// when the watch began, perhaps nothing.
/// </summary>
internal static class ResourceBatches
{
    public static async IAsyncEnumerable<IReadOnlyCollection<ResourceEvent>> ReadAsync(
        IAsyncEnumerable<ResourceEvent> changes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = changes.GetAsyncEnumerator(cancellationToken);
        for (var next = reader.MoveNextAsync().AsTask(); ; await next)
        {
            var batch = new Dictionary<string, ResourceEvent>();
            while (next.IsCompleted && await next)
            {
                batch[reader.Current.ResourceId] = reader.Current;
                next = reader.MoveNextAsync().AsTask();
            }

            yield return batch.Values;
            if (next.IsCompleted && !await next)
                yield break;
        }
    }
}
