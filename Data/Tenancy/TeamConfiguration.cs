using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TenantPlatform.Data.Tenancy;

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.HasIndex(team => team.Name).IsUnique().HasFilter("deleted is null");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_teams_name_length", "length(name) between 1 and 100");
            table.HasCheckConstraint("ck_teams_description_length", "length(description) <= 2000");
        });
    }
}
