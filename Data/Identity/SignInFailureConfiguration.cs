using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class SignInFailureConfiguration : IEntityTypeConfiguration<SignInFailure>
{
    public void Configure(EntityTypeBuilder<SignInFailure> builder)
    {
        builder.HasKey(failure => failure.EmailHash);
        builder.Property(failure => failure.Failures).HasDefaultValue(0).ValueGeneratedNever();
        builder.HasIndex(failure => failure.Updated);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_sign_in_failures_email_hash_length", "octet_length(email_hash) = 32");
            table.HasCheckConstraint("ck_sign_in_failures_failures", "failures >= 0");
        });
        builder.HasPolicy("auth_only", $"{Claim.Scope} = 'auth'");
    }
}
