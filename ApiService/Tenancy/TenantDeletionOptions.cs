using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Tenancy;

internal sealed class TenantDeletionOptions
{
    public const string Section = "Tenants";

    /// <summary>For how long a deleted tenant can be restored. Let the worker purge after that, not before.</summary>
    [Range(0, 3650)]
    public int RestoreDays { get; set; } = 30;
}
