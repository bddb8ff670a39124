using System.Collections.Frozen;
using TenantPlatform.Data.Access;
using TenantPlatform.Data.Audit;
using TenantPlatform.Data.Billing;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Notifications;
using TenantPlatform.Data.Onboarding;
using TenantPlatform.Data.Reporting;
using TenantPlatform.Data.Settings;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;
using TenantPlatform.Data.Usage;

namespace TenantPlatform.Data;

/// <summary>Says in words what a violated database constraint means to the person whose value violated it.</summary>
public static class Constraint
{
    // One catalogue per module, beside the configurations that name the constraints.
    private static readonly FrozenDictionary<string, ConstraintMessage> Messages = new[]
    {
        IdentityConstraints.Messages,
        TenancyConstraints.Messages,
        AccessConstraints.Messages,
        BillingConstraints.Messages,
        TodoConstraints.Messages,
        SettingConstraints.Messages,
        UsageConstraints.Messages,
        OnboardingConstraints.Messages,
        AuditConstraints.Messages,
        ReportingConstraints.Messages,
        NotificationConstraints.Messages,
    }.SelectMany(module => module).ToFrozenDictionary();

    // The same for every table: each has a key, each row of a tenant its tenant, and what people edit a version.
    private static readonly ConstraintMessage SameKey = new("id", "This id is taken already: choose another, or change what has it.");
    private static readonly ConstraintMessage NoTenant = new("tenantId", "There is no such tenant.");
    private static readonly ConstraintMessage NoVersion = new("version", "The version must be a positive number.");

    /// <param name="name">The name of a check, unique index, foreign key or primary key, as PostgresException.ConstraintName gives it.</param>
    /// <returns>Null for a constraint of nobody's: that is a defect, not bad input.</returns>
    public static ConstraintMessage? Describe(string name) => Messages.GetValueOrDefault(name) ?? name switch
    {
        _ when name.StartsWith("pk_", StringComparison.Ordinal) => SameKey,
        _ when name.StartsWith("fk_", StringComparison.Ordinal) && name.EndsWith("_tenants_tenant_id", StringComparison.Ordinal) => NoTenant,
        _ when name.EndsWith("_version_positive", StringComparison.Ordinal) => NoVersion,
        _ => null,
    };
}

/// <param name="Field">The camelCase field of the request, or null when the rule is about more than one.</param>
/// <param name="Message">What is wrong and what to do, as a sentence.</param>
public sealed record ConstraintMessage(string? Field, string Message);
