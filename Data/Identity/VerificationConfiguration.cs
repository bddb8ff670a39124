using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class VerificationConfiguration : IEntityTypeConfiguration<Verification>
{
    public void Configure(EntityTypeBuilder<Verification> builder)
    {
        builder.HasIndex(verification => verification.Identifier);
        builder.HasIndex(verification => verification.ValueHash).IsUnique();
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_verifications_identifier_length", "length(identifier) between 1 and 320");
            table.HasCheckConstraint("ck_verifications_value_hash_length", "octet_length(value_hash) = 32");
            table.HasCheckConstraint("ck_verifications_expires_after_created", "expires > created");
        });
        builder.HasPolicy("auth_only", $"{Claim.Scope} = 'auth'");
    }
}
