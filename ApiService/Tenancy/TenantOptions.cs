using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Tenancy;

internal sealed class TenantOptions
{
    public const string Section = "Tenants";

    /// <summary>For how long a deleted tenant can be restored. Let the worker purge after that, not before.</summary>
    [Range(0, 3650)]
    public int RestoreDays { get; set; } = 30;

    /// <summary>Whether people may ask for a schema of their own, which the worker's provisioner must then be running to build.</summary>
    public bool AllowDedicated { get; set; } = true;
}
