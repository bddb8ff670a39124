namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>What a mover has just done, for whoever watches.</summary>
/// <param name="Table">Null for what concerns all of them.</param>
internal sealed record MoveProgress(string Step, string? Table, long Rows, long Total);

/// <summary>What came of it. Figures are of this run: what a mover before it did, which died, is not in them.</summary>
internal sealed class MoveReport(MovingTenant tenant, string source, string target)
{
    public MovingTenant Tenant => tenant;

    public string Source => source;

    public string Target => target;

    public required MoveOutcome Outcome { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Problem { get; init; }

    public Dictionary<string, long> Tables { get; init; } = [];

    public long RowsCopied { get; set; }

    public long RowsCaughtUp { get; set; }

    /// <summary>How often the target was brought up to date while the tenant worked.</summary>
    public int CatchUps { get; set; }

    /// <summary>How often the fence was tried; each try but the last gave way to a transaction of the tenant.</summary>
    public int FenceTries { get; set; }

    public TimeSpan Copying { get; set; }

    /// <summary>From asking for the fence to the commit; null when it was another run that flipped.</summary>
    public TimeSpan? Pause { get; set; }

    public double RowsPerSecond => Copying > TimeSpan.Zero ? RowsCopied / Copying.TotalSeconds : 0;
}

internal enum MoveOutcome
{
    Moved,
    AlreadyThere,
    WouldMove,
    Cancelled,
    Failed,
}
