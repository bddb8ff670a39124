using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.Data.Isolation;

public sealed class TenancyOptions
{
    public const string Section = "Tenancy";

    /// <summary>Secret that signs tenant contexts, see <see cref="Isolation.SigningKey"/>; the same for the worker and the API.</summary>
    [Required]
    [StringLength(64, MinimumLength = Isolation.SigningKey.MinimumSecretLength)]
    public string SigningKey { get; set; } = "";

    /// <summary>For how long a minted context is good. Each unit of work mints its own, so it bounds one statement or transaction.</summary>
    [Range(5, 3600)]
    public int ContextLifetimeSeconds { get; set; } = 60;
}
