using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Onboarding;

/// <summary>How a tenant wants its newcomers received. One row per tenant.</summary>
public sealed class TenantOnboardingConfig : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public bool Enabled { get; set; } = true;

    /// <summary>The path of newcomers for whom no other is chosen.</summary>
    public Guid? DefaultPathId { get; set; }

    public bool AllowSkipping { get; set; } = true;

    /// <summary>Days without activity after which a newcomer is reminded; null for never.</summary>
    public int? RemindAfterDays { get; set; }

    public OnboardingBranding Branding { get; set; } = new();

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public OnboardingPath? DefaultPath { get; set; }
}
