namespace TenantPlatform.Data.AccessChanges;

/// <summary>
/// When this process last heard of changes. Whoever remembers something notes <see cref="Now"/> before reading it, and asks
/// <see cref="HasChanged"/> before using it: what was read before a change is never used after it, however late it is kept.
/// </summary>
public sealed class AccessChangeClock
{
    // Users and tenants share the slots. A collision costs one needless read; memory stays the same for any number of them.
    private const int Slots = 1 << 14;

    private readonly Lock writing = new();
    private readonly long[] changed = new long[Slots];
    private long everythingChanged;
    private long now;

    public long Now => Volatile.Read(ref now);

    public void Apply(params ReadOnlySpan<AccessChange> changes)
    {
        lock (writing)
        {
            var moment = now + 1;
            Volatile.Write(ref now, moment);

            foreach (var change in changes)
            {
                Volatile.Write(ref change.IsOfEverything ? ref everythingChanged : ref changed[Slot(change)], moment);
            }
        }
    }

    public bool HasChanged(AccessChange subject, long since) =>
        Volatile.Read(ref everythingChanged) > since || Volatile.Read(ref changed[Slot(subject)]) > since;

    private static int Slot(AccessChange change) => change.GetHashCode() & (Slots - 1);
}
