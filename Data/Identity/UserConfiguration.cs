using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.HasIndex(user => user.Email).IsUnique().HasFilter("deleted is null");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_users_email_format", "email = lower(email) and email ~ '^[^@\\s]+@[^@\\s]+$' and length(email) <= 254");
            table.HasCheckConstraint("ck_users_name_length", "length(name) between 1 and 200");
        });
        builder.HasPolicy("own_row", $"id = {Claim.UserId} or {Claim.Scope} in ('auth', 'platform')");
    }
}
