using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Conventions;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Billing;

internal sealed class PlanConfiguration : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder)
    {
        builder.HasKey(plan => plan.Key);
        builder.Property(plan => plan.Key).ValueGeneratedNever();
        builder.Property(plan => plan.Limits).HasJson();
        builder.Property(plan => plan.Position).HasDefaultValue(0).ValueGeneratedNever();

        // From this side, because the tenant plane's model knows tenants but no plans.
        builder.HasMany<Tenant>().WithOne().HasForeignKey(tenant => tenant.Plan).OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_plans_key_format", "key ~ '^[a-z][a-z0-9_-]{0,49}$'");
            table.HasCheckConstraint("ck_plans_name_length", "length(name) between 1 and 100");
            table.HasCheckConstraint("ck_plans_limits_positive", PlanLimits.Check("limits"));
        });
        builder.HasReadPolicy("read", $"{Claim.Scope} is not null");
    }
}
