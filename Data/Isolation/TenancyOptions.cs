using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.Data.Isolation;

public sealed class TenancyOptions
{
    public const string Section = "Tenancy";

    /// <summary>tenancy.claim() refuses contexts that live longer than this and the tolerated difference of clocks.</summary>
    public const int MaximumLifetimeSeconds = 3600;

    /// <summary>Secret that signs tenant contexts, see <see cref="Isolation.SigningKey"/>; the same for the worker and the API.</summary>
    [Required]
    [StringLength(64, MinimumLength = Isolation.SigningKey.MinimumSecretLength)]
    [RegularExpression(@"[\x00-\x7f]*", ErrorMessage = "The field {0} must consist of ASCII characters.")]
    public string SigningKey { get; set; } = "";

    /// <summary>For how long a minted context may open a unit of work, which keeps it to its end. Each mints its own.</summary>
    [Range(5, MaximumLifetimeSeconds)]
    public int ContextLifetimeSeconds { get; set; } = 60;
}
