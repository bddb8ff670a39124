namespace TenantPlatform.Data.Tenancy;

/// <summary>One change of a tenant's placement, from its first row copied to the last one cleaned up. The worker's; the API cannot read it.</summary>
public sealed class TenantMove : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TenantId { get; init; }

    /// <summary>A <see cref="TenantPlacement"/>.</summary>
    public required string Source { get; init; }

    public required string Target { get; init; }

    public string Phase { get; set; } = TenantMovePhase.Building;

    /// <summary>Rows at the target are as transactions before this one left them at the source; null before the first copy.</summary>
    public long? CopiedUpTo { get; set; }

    public long RowsCopied { get; set; }

    /// <summary>For how long the tenant's requests had to wait, in milliseconds.</summary>
    public double? Pause { get; set; }

    /// <summary>Why the last attempt stopped; the next one goes on from the phase.</summary>
    public string? Error { get; set; }

    /// <summary>When the source was left with nothing; null while the move is under way.</summary>
    public DateTimeOffset? Finished { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class TenantMovePhase
{
    /// <summary>The target gets its tables.</summary>
    public const string Building = "building";

    /// <summary>Rows are copied while the tenant works on at the source.</summary>
    public const string Copying = "copying";

    /// <summary>The tenant works at the target; what is left at the source is removed.</summary>
    public const string Cleaning = "cleaning";

    public const string Done = "done";

    /// <summary>Given up before the tenant worked at the target, which has been removed again.</summary>
    public const string Cancelled = "cancelled";
}
