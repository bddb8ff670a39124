using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Billing;

namespace TenantPlatform.Data.Tenancy;

/// <summary>A customer of the product: an organization, workspace or agency client.</summary>
public sealed class Tenant : ITimestamped, IDecidesAccess
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short public id, see <see cref="TenantKey"/>. Never changes.</summary>
    public required string Key { get; init; }

    /// <summary>Readable name in URLs; unique among tenants that are not deleted.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Address of a picture, http or https.</summary>
    public string? Logo { get; set; }

    /// <summary>The infrastructure that serves the tenant; for operators, nothing in the database depends on it.</summary>
    public Guid? ComputeId { get; set; }

    /// <summary>Key of a <see cref="Billing.Plan"/>.</summary>
    public string Plan { get; set; } = Billing.Plan.Free;

    public string? StripeCustomerId { get; set; }

    /// <summary>Limits agreed with this tenant; null for those of its plan.</summary>
    public PlanLimits? PlanLimits { get; set; }

    public TenantSettings Settings { get; set; } = new();

    /// <summary>Labels for the use of integrations; the platform does not read them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    public string Status { get; set; } = TenantStatus.Active;

    /// <summary>Where the tenant's rows live; read by tenancy.enter inside the database, never by requests.</summary>
    public string Placement { get; set; } = TenantPlacement.Pooled;

    public Guid? CreatedBy { get; init; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    AccessChange IDecidesAccess.Change => AccessChange.OfTenant(Id);

    bool IDecidesAccess.MattersWhenNew => false;
}

public static class TenantStatus
{
    /// <summary>Its schema is being built; nobody is let in yet.</summary>
    public const string Provisioning = "provisioning";

    public const string Active = "active";
    public const string Suspended = "suspended";
}

public static class TenantPlacement
{
    public const string Pooled = "pooled";
    public const string Dedicated = "dedicated";
}
