using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.MigrationWorker.Provisioning;

internal sealed class ProvisioningOptions
{
    public const string Section = "Provisioning";

    /// <summary>Schemas built ahead, so that a new tenant need not wait; the same for all provisioners of a database.</summary>
    [Range(0, 100)]
    public int Spares { get; set; } = 2;

    /// <summary>How many tenants one provisioner works on at once when many wait.</summary>
    [Range(1, 64)]
    public int Connections { get; set; } = Environment.ProcessorCount;

    /// <summary>How often to look for tenants that nobody announced.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 5;
}
