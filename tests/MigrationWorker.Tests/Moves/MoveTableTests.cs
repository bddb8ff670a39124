using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Fixtures.Rows;
using TenantPlatform.MigrationWorker.Moves;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

public sealed class MoveTableTests
{
    [Fact]
    public void Every_table_comes_after_those_that_it_refers_to()
    {
        var tables = MoveTable.PrincipalsFirst(ModelTables.All.Where(table => table.IsTenantPlane()));
        var order = tables.Select(table => table.Name).ToList();

        Assert.Equal(16, order.Count);
        Assert.All(
            tables.SelectMany(table => table.References.Where(reference => reference.Principal != table.Name).Select(reference => (table.Name, reference.Principal))),
            pair => Assert.True(order.IndexOf(pair.Principal) < order.IndexOf(pair.Name), $"{pair}"));
    }

    [Fact]
    public void Steps_refer_to_steps_and_no_other_table_to_itself() => Assert.Equal(
        ["onboarding_steps"],
        MoveTable.PrincipalsFirst(ModelTables.All.Where(table => table.IsTenantPlane())).Where(table => table.RefersToItself).Select(table => table.Name));

    [Fact]
    public void Tables_that_refer_to_each_other_in_a_circle_are_refused()
    {
        using var db = new Circle();

        var refusal = Assert.Throws<NotSupportedException>(() => MoveTable.PrincipalsFirst(db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables));

        Assert.Contains("eggs, hens refer to each other in a circle", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Circle : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            foreach (var (name, other) in (ReadOnlySpan<(string, string)>)[("hens", "eggs"), ("eggs", "hens")])
            {
                modelBuilder.SharedTypeEntity<Dictionary<string, object>>(name, entity =>
                {
                    entity.IndexerProperty<Guid>("tenant_id");
                    entity.IndexerProperty<Guid>("id");
                    entity.IndexerProperty<Guid?>("other_id");
                    entity.HasKey("tenant_id", "id");
                    entity.ToTable(name);
                });
            }

            modelBuilder.Entity("hens").HasOne("eggs", null).WithMany().HasForeignKey("tenant_id", "other_id");
            modelBuilder.Entity("eggs").HasOne("hens", null).WithMany().HasForeignKey("tenant_id", "other_id");
        }
    }
}
