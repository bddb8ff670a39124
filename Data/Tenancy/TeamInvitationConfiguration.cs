using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TeamInvitationConfiguration : IEntityTypeConfiguration<TeamInvitation>
{
    public void Configure(EntityTypeBuilder<TeamInvitation> builder)
    {
        builder.Property(invitation => invitation.Role).HasDefaultValue(TeamRole.Member).ValueGeneratedNever();
        builder.Property(invitation => invitation.Status).HasDefaultValue(InvitationStatus.Pending).ValueGeneratedNever();
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasIndex(invitation => new { invitation.TeamId, invitation.Email }).IsUnique().HasFilter("status = 'pending' and deleted is null");
        builder.HasOne<Team>().WithMany().HasForeignKey(invitation => invitation.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMember(invitation => invitation.InvitedBy, DeleteBehavior.Cascade);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_team_invitations_email_format", EmailFormat.Check);
            table.HasCheckConstraint("ck_team_invitations_role", "role in ('lead', 'member')");
            table.HasCheckConstraint("ck_team_invitations_status", "status in ('pending', 'accepted', 'rejected', 'canceled')");
            table.HasCheckConstraint("ck_team_invitations_expires_after_created", "expires > created");
            table.HasCheckConstraint("ck_team_invitations_token_hash_length", "octet_length(token_hash) = 32");
        });
    }
}
