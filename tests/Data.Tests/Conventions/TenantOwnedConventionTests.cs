using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Tests.Conventions;

public sealed class TenantOwnedConventionTests : IDisposable
{
    private const string Isolation =
        "using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()))";

    private readonly NotesDbContext db = NotesDbContext.Open();

    private IModel Model => db.GetService<IDesignTimeModel>().Model;

    private IEntityType Notebook => Model.FindEntityType(typeof(Notebook))!;

    private IEntityType Note => Model.FindEntityType(typeof(Note))!;

    public void Dispose() => db.Dispose();

    [Fact]
    public void The_tenant_leads_the_only_key()
    {
        foreach (var entity in new[] { Notebook, Note })
        {
            Assert.Equal(["TenantId", "Id"], Names(Assert.Single(entity.GetKeys()).Properties));
            Assert.False(entity.FindProperty("TenantId")!.IsNullable);
        }
    }

    [Fact]
    public void The_tenant_leads_a_foreign_key_to_another_tenant_owned_row()
    {
        var notebook = Note.GetForeignKeys().Single(key => key.PrincipalEntityType == Notebook);

        Assert.Equal(["TenantId", "NotebookId"], Names(notebook.Properties));
        Assert.Equal(["TenantId", "Id"], Names(notebook.PrincipalKey.Properties));
        Assert.Equal("fk_jottings_notebooks_tenant_id_notebook_id", notebook.GetConstraintName());
    }

    [Fact]
    public void The_tenant_itself_is_referenced()
    {
        foreach (var entity in new[] { Notebook, Note })
        {
            var tenant = entity.GetForeignKeys().Single(key => key.PrincipalEntityType.ClrType == typeof(Tenant));
            Assert.Equal(["TenantId"], Names(tenant.Properties));
            Assert.Equal(DeleteBehavior.Cascade, tenant.DeleteBehavior);
        }
    }

    [Fact]
    public void The_tenant_leads_every_index()
    {
        Assert.All(Notebook.GetIndexes().Concat(Note.GetIndexes()), index => Assert.Equal("TenantId", index.Properties[0].Name));

        var unique = Assert.Single(Notebook.GetIndexes());
        Assert.True(unique.IsUnique);
        Assert.Equal("ix_notebooks_tenant_id_short_name", unique.GetDatabaseName());
    }

    [Fact]
    public void Each_table_has_the_one_policy()
    {
        foreach (var table in new[] { "notebooks", "jottings" })
        {
            var annotations = Model.GetRelationalModel().FindTable(table, null)!.GetAnnotations();
            var policy = Assert.Single(annotations, annotation => annotation.Name.StartsWith("RowPolicy:", StringComparison.Ordinal));
            Assert.Equal(("RowPolicy:tenant_isolation", Isolation), (policy.Name, policy.Value));
        }
    }

    [Fact]
    public void Names_are_in_snake_case()
    {
        Assert.Equal("jottings", Note.GetTableName());
        Assert.Equal("html_text", Note.FindProperty("HTMLText")!.GetColumnName());
        Assert.Equal("pk_jottings", Note.FindPrimaryKey()!.GetName());
    }

    [Fact]
    public void Timestamps_and_version_need_no_configuration()
    {
        Assert.Equal("now()", Note.FindProperty("Created")!.GetDefaultValueSql());
        Assert.Equal("now()", Note.FindProperty("Updated")!.GetDefaultValueSql());
        Assert.True(Note.FindProperty("Version")!.IsConcurrencyToken);
        Assert.NotNull(Note.FindDeclaredQueryFilter("deleted"));
    }

    [Fact]
    public void Everything_of_the_product_that_belongs_to_a_tenant_has_the_same_policy()
    {
        var options = new DbContextOptionsBuilder<TenantDbContext>();
        options.UseTenantPlatformModel(model => model.UseNpgsql("Host=localhost"));
        using var tenants = new TenantDbContext(options.Options);

        var owned = tenants.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList();

        Assert.NotEmpty(owned);
        Assert.All(owned, entity => Assert.Equal(Isolation, entity.FindAnnotation("RowPolicy:tenant_isolation")?.Value));
        Assert.All(owned, entity => Assert.NotNull(entity.FindDeclaredQueryFilter("tenant")));
    }

    private static IEnumerable<string> Names(IEnumerable<IReadOnlyProperty> properties) => properties.Select(property => property.Name);
}
