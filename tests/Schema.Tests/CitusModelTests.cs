using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TenantPlatform.Data.Isolation;
using TenantPlatform.MigrationWorker;

namespace TenantPlatform.Schema.Tests;

/// <summary>The rules for Citus that only the model can show.</summary>
public sealed class CitusModelTests
{
    private static readonly IReadOnlyList<IEntityType> Entities = Load();

    [Fact]
    public void Every_query_of_tenant_owned_rows_names_the_tenant()
    {
        var owned = Entities.Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList();

        Assert.NotEmpty(owned);
        Assert.All(owned, entity => Assert.NotNull(entity.FindDeclaredQueryFilter(TenantFilter.Name)));
    }

    [Fact]
    public void Lost_updates_are_noticed_by_a_version_of_ours_and_never_by_xmin()
    {
        var tokens = Entities.SelectMany(entity => entity.GetProperties()).Where(property => property.IsConcurrencyToken).ToList();

        Assert.NotEmpty(tokens);
        Assert.All(tokens, token => Assert.Equal("version", token.GetColumnName()));
    }

    [Fact]
    public void Keys_are_made_by_the_application() =>
        Assert.All(
            Entities.SelectMany(entity => entity.FindPrimaryKey()?.Properties ?? []),
            property => Assert.Null(property.GetDefaultValueSql()));

    private static List<IEntityType> Load()
    {
        using var platform = Migrator.PlatformDb("Host=nowhere");
        using var tenant = Migrator.TenantDb("Host=nowhere");
        return [.. platform.Model.GetEntityTypes(), .. tenant.Model.GetEntityTypes()];
    }
}
