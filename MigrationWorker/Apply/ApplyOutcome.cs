namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>What became of a run over the schemas of tenants who live alone.</summary>
/// <param name="Release">The migration that schemas should have.</param>
/// <param name="Migrated">How many this worker has brought there; others may have done more.</param>
/// <param name="Pending">How many still wait, which only a run that was stopped leaves.</param>
/// <param name="Stopped">Why the run ended early, in a sentence.</param>
internal sealed record ApplyOutcome(string Release, int Migrated, int Pending, IReadOnlyList<Quarantined> Quarantined, string? Stopped)
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int SomeInQuarantine = 3;

    public int ExitCode => Stopped is not null ? Failure : Quarantined.Count > 0 ? SomeInQuarantine : Success;
}
