namespace TenantPlatform.Data.Tenancy;

/// <summary>
/// A schema with the tables of the tenant plane, for one tenant alone, and how far it has been migrated. The worker's ledger:
/// what is pending is one query here and no visit to each schema. The API cannot read it.
/// </summary>
public sealed class TenantSchema : ITimestamped
{
    /// <summary>tenant_ and the tenant's key, or spare_ and a made-up one while it waits for a tenant.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a spare schema, built ahead so that a tenant need not wait.</summary>
    public Guid? TenantId { get; set; }

    /// <summary>The last migration of the tenant plane that was applied in full; null while there is no schema yet.</summary>
    public string? AppliedMigration { get; set; }

    /// <summary>Migrated before all others, so that a bad migration meets few.</summary>
    public bool Canary { get; set; }

    /// <summary>In which wave of the current run it is migrated, counted from 0, the canaries'.</summary>
    public int Wave { get; set; }

    /// <summary>Why the last attempt failed. Such a schema is in quarantine: it is left alone until somebody asks to try again.</summary>
    public string? Error { get; set; }

    /// <summary>How often in a row it has failed.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Finished { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
