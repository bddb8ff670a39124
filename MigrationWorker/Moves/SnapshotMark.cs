namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// The oldest transaction that was at work at a moment. What is not visible then is written by it or a later one: also the rows of
/// its savepoints, whose own numbers are higher still and stand in no snapshot.
/// </summary>
/// <param name="Value">With the epoch, as pg_snapshot_xmin has it.</param>
internal readonly record struct SnapshotMark(long Value)
{
    public const string Now = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    /// <summary>From here on ages could be mistaken, at half of the numbers there are.</summary>
    public const long Oldest = 1L << 30;

    /// <summary>As rows have it.</summary>
    public uint Xid => unchecked((uint)Value);
}
