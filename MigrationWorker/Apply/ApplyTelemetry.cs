using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>How a run over many schemas shows in the dashboard. Tenants are named in spans, never in metrics.</summary>
internal static class ApplyTelemetry
{
    private static readonly Meter Meter = new(DatabaseSetup.ActivitySourceName);
    private static readonly Gauge<int> PendingSchemas = Meter.CreateGauge<int>(
        "migration.schemas.pending", "{schema}", "Schemas that the ledger says are behind");
    private static readonly Counter<int> DoneSteps = Meter.CreateCounter<int>(
        "migration.schemas.done", "{schema}", "Schemas that this worker has brought one migration further");
    private static readonly Counter<int> FailedSchemas = Meter.CreateCounter<int>(
        "migration.schemas.failed", "{schema}", "Schemas that this worker has put in quarantine");
    private static readonly Counter<int> LostWaits = Meter.CreateCounter<int>(
        "migration.lock_waits.lost", "{wait}", "Migrations that gave way to somebody's lock and were tried again");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "migration.schema.duration", "s", "From the claim of a schema to the commit of one migration in it");

    public static Activity? StartWave(int wave, int schemas)
    {
        var span = DatabaseSetup.Activities.StartActivity($"wave {wave}");
        span?.SetTag("migration.schemas", schemas);
        return span;
    }

    public static Activity? StartSchema(Claim claim, string migration)
    {
        var span = DatabaseSetup.Activities.StartActivity($"schema migration {migration}");
        span?.SetTag("tenant.id", claim.TenantId);
        span?.SetTag("db.namespace", claim.Schema);
        return span;
    }

    public static void Pending(int schemas) => PendingSchemas.Record(schemas);

    public static void Done(TimeSpan duration)
    {
        DoneSteps.Add(1);
        Duration.Record(duration.TotalSeconds);
    }

    public static void Failed() => FailedSchemas.Add(1);

    public static void LostWait() => LostWaits.Add(1);
}
