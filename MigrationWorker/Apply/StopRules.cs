namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>When a run ends although schemas are pending: a bad migration, or a bad moment, must not meet everybody.</summary>
internal static class StopRules
{
    /// <param name="size">Schemas in the wave.</param>
    /// <param name="failed">Those of the wave that are in quarantine.</param>
    /// <param name="busy">Waits for locks in the wave that were given up.</param>
    /// <returns>A sentence, or null to go on.</returns>
    public static string? Judge(ApplyOptions options, int wave, int size, IReadOnlyList<Quarantined> failed, int busy)
    {
        var allowed = wave == 0 ? 0 : Math.Max(options.FailedAtLeast, size * options.FailedPercent / 100);

        if (failed.Count > allowed)
        {
            return wave == 0
                ? $"A canary failed, so nobody else is migrated: {Name(failed)}."
                : $"{failed.Count} of {size} schemas of wave {wave} failed, and no more than {allowed} may: {Name(failed)}.";
        }

        return busy > Math.Max(options.BusyAtLeast, size * options.BusyPercent / 100)
            ? $"Waits for locks were given up {busy} times in wave {wave} of {size} schemas: wait for a quieter hour, or end what holds the locks."
            : null;
    }

    private static string Name(IReadOnlyList<Quarantined> failed) =>
        string.Join("; ", failed.Take(3).Select(schema => $"{schema.Schema} ({schema.Error})")) + (failed.Count > 3 ? "; and others" : "");
}
