using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Billing;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    // A suspended tenant is not changed from inside, so it cannot lift its own suspension either.
    private const string Changeable = $"id = {Claim.TenantId} and (status = '{TenantStatus.Active}' or {Claim.Scope} = 'platform')";

    // A tenant with a schema of its own waits for the worker to build it.
    private const string Startable =
        $"status = case placement when '{TenantPlacement.Pooled}' then '{TenantStatus.Active}' else '{TenantStatus.Provisioning}' end";

    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.Property(tenant => tenant.Plan).HasDefaultValue(Plan.Free).ValueGeneratedNever();
        builder.Property(tenant => tenant.PlanLimits).HasJson();
        builder.Property(tenant => tenant.Settings).HasJson(new());
        builder.Property(tenant => tenant.Metadata).HasJson(new Dictionary<string, string>());
        builder.Property(tenant => tenant.Status).HasDefaultValue(TenantStatus.Active).ValueGeneratedNever();
        builder.Property(tenant => tenant.Placement).HasDefaultValue(TenantPlacement.Pooled).ValueGeneratedNever();
        builder.HasIndex(tenant => tenant.Key).IsUnique();
        builder.HasIndex(tenant => tenant.Slug).IsUnique().HasFilter("deleted is null");
        builder.HasIndex(tenant => tenant.StripeCustomerId).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(tenant => tenant.CreatedBy).OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(AddChecks);
        builder.HasReadPolicy(
            "read", $"id = {Claim.TenantId} or id = any ((select tenancy.my_tenants())::uuid[]) or {Claim.Scope} = 'platform'");
        builder.HasInsertPolicy("add", $"id = {Claim.TenantId} and plan = '{Plan.Free}' and {Startable}");
        builder.HasUpdatePolicy("change", Changeable, Changeable);
    }

    private static void AddChecks(TableBuilder<Tenant> table)
    {
        table.HasCheckConstraint("ck_tenants_key_format", "key ~ '^[a-z0-9]{10,20}$'");
        table.HasCheckConstraint("ck_tenants_slug_format", "slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'");
        table.HasCheckConstraint("ck_tenants_name_length", "length(name) between 1 and 200");
        table.HasCheckConstraint("ck_tenants_description_length", "length(description) <= 2000");
        table.HasCheckConstraint("ck_tenants_logo_url", "logo ~ '^https?://' and length(logo) <= 2048");
        table.HasCheckConstraint("ck_tenants_status", "status in ('provisioning', 'active', 'suspended')");
        table.HasCheckConstraint("ck_tenants_placement", "placement in ('pooled', 'dedicated')");
        table.HasCheckConstraint("ck_tenants_plan_limits_positive", PlanLimits.Check("plan_limits"));
        table.HasCheckConstraint("ck_tenants_settings_default_role", "coalesce(jsonb_typeof(settings -> 'defaultRole'), 'string') = 'string'");
        table.HasCheckConstraint(
            "ck_tenants_settings_invitation_days", """not settings @? '$.invitationDays ? (@.type() != "number" || @ < 1 || @ > 30)'""");
        table.HasCheckConstraint(
            "ck_tenants_settings_email_domains", """not settings @? '$.emailDomains[*] ? (@.type() != "string")'""");
        table.HasCheckConstraint("ck_tenants_metadata_strings", """not metadata @? '$.* ? (@.type() != "string")' and length(metadata::text) <= 16384""");
    }
}
