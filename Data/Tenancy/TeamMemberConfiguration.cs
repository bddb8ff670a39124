using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TeamMemberConfiguration : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.Property(member => member.Role).HasDefaultValue(TeamRole.Member).ValueGeneratedNever();
        builder.HasIndex(member => new { member.TeamId, member.UserId }).IsUnique();
        builder.HasOne<Team>().WithMany().HasForeignKey(member => member.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMember(member => member.UserId, DeleteBehavior.Cascade);
        builder.ToTable(table => table.HasCheckConstraint("ck_team_members_role", "role in ('lead', 'member')"));
    }
}
