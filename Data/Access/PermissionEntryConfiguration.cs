using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Access;

internal sealed class PermissionEntryConfiguration : IEntityTypeConfiguration<PermissionEntry>
{
    public void Configure(EntityTypeBuilder<PermissionEntry> builder)
    {
        builder.HasKey(permission => permission.Key);
        builder.Property(permission => permission.Key).ValueGeneratedNever();
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_permissions_key_format", @"key ~ '^(\*|[a-z_]+:(\*|[a-z_]+))$'");
            table.HasCheckConstraint("ck_permissions_module_of_key", "module = case key when '*' then 'platform' else split_part(key, ':', 1) end");
            table.HasCheckConstraint("ck_permissions_description_length", "length(description) between 1 and 500");
        });
        builder.HasReadPolicy("read", $"{Claim.Scope} is not null");
    }
}
