using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.MigrationWorker;

internal sealed class WorkerOptions
{
    public const string Section = "Database";

    /// <summary>Name of the connection string of a role that may create roles and the database.</summary>
    public const string AdminConnectionName = "tenantplatform-admin";

    [Required]
    public string OwnerPassword { get; set; } = "";

    [Required]
    public string AppPassword { get; set; } = "";

    /// <summary>For how long to wait for a server that does not answer yet.</summary>
    [Range(1, 3600)]
    public int ConnectTimeoutSeconds { get; set; } = 60;
}
