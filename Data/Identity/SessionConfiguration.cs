using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Identity;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    private const string OwnOrTrusted = $"(user_id = {Claim.UserId} and {Claim.Scope} = 'user') or {Claim.Scope} in ('auth', 'platform')";

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasIndex(session => session.TokenHash).IsUnique();
        builder.HasOne(session => session.User).WithMany().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.ImpersonatedBy).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(session => session.TenantId).OnDelete(DeleteBehavior.SetNull);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_sessions_token_hash_length", "octet_length(token_hash) = 32");
            table.HasCheckConstraint("ck_sessions_expires_after_created", "expires > created");
            table.HasCheckConstraint("ck_sessions_impersonated_by_another", "impersonated_by <> user_id");
            table.HasCheckConstraint("ck_sessions_user_agent_length", "length(user_agent) <= 1000");
        });
        builder.HasReadPolicy("read", OwnOrTrusted);
        builder.HasInsertPolicy("add", $"{Claim.Scope} = 'auth' or ({Claim.Scope} = 'platform' and impersonated_by = {Claim.UserId})");
        builder.HasUpdatePolicy("change", OwnOrTrusted, OwnOrTrusted);
    }
}
