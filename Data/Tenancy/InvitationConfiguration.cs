using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.Data.Tenancy;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(invitation => invitation.Role).HasDefaultValue(TenantRole.Member).ValueGeneratedNever();
        builder.Property(invitation => invitation.Status).HasDefaultValue(InvitationStatus.Pending).ValueGeneratedNever();
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasIndex(invitation => invitation.Email).IsUnique().HasFilter("status = 'pending' and deleted is null");
        builder.HasMember(invitation => invitation.InvitedBy, DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(invitation => invitation.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_invitations_email_format", EmailFormat.Check);
            table.HasCheckConstraint("ck_invitations_role_length", "length(role) between 1 and 50");
            table.HasCheckConstraint("ck_invitations_status", "status in ('pending', 'accepted', 'rejected', 'canceled')");
            table.HasCheckConstraint("ck_invitations_expires_after_created", "expires > created");
            table.HasCheckConstraint("ck_invitations_token_hash_length", "octet_length(token_hash) = 32");
        });
    }
}
