namespace TenantPlatform.Data.Tenancy;

/// <summary>How far the schema of a tenant with its own placement has been migrated. The worker's ledger; the API cannot read it.</summary>
public sealed class TenantSchema : ITimestamped
{
    public Guid TenantId { get; init; }

    public required string Name { get; init; }

    /// <summary>The last migration of the tenant plane that was applied in full; null for an empty schema.</summary>
    public string? AppliedMigration { get; set; }

    public string State { get; set; } = TenantSchemaState.Pending;

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Finished { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

public static class TenantSchemaState
{
    public const string Pending = "pending";
    public const string Migrating = "migrating";
    public const string Ready = "ready";
    public const string Failed = "failed";
}
