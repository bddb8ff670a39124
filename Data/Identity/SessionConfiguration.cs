using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Identity;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasIndex(session => session.TokenHash).IsUnique();
        builder.HasOne(session => session.User).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_sessions_token_hash_length", "octet_length(token_hash) = 32");
            table.HasCheckConstraint("ck_sessions_expires_after_created", "expires > created");
        });
        builder.HasPolicy("own_rows", $"user_id = {Claim.UserId} or {Claim.Scope} = 'auth'");
    }
}
