using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.Fixtures.Rows;

namespace TenantPlatform.Schema.Tests;

/// <summary>Over all foreign keys of the model between rows that belong to tenants; a new one is tested without anybody writing a test.</summary>
public sealed class CrossTenantReferenceTests(DatabaseFixture database)
{
    private const string TenantId = "tenant_id";

    public static TheoryData<string> ForeignKeys => [.. Keys.Keys];

    public static TheoryData<string> TenantTables => [.. ModelTables.All.Where(table => table.IsTenantPlane()).Select(table => table.Name)];

    private static Dictionary<string, IForeignKeyConstraint> Keys { get; } = ModelTables.All
        .SelectMany(table => table.ForeignKeyConstraints)
        .Where(key => key.PrincipalColumns.Any(column => column.Name == TenantId))
        .ToDictionary(key => key.Name);

    [Theory]
    [MemberData(nameof(ForeignKeys))]
    public async Task The_key_itself_refuses_another_tenants_row(string foreignKey)
    {
        await using var owner = await Sql.OpenAsync(database.OwnerConnectionString);
        var (_, forged) = await ForgeAsync(owner, foreignKey);

        var error = await Assert.ThrowsAsync<PostgresException>(() => owner.ExecuteAsync(forged.InsertSql));

        Assert.Equal((PostgresErrorCodes.ForeignKeyViolation, foreignKey), (error.SqlState, error.ConstraintName));
    }

    [Theory]
    [MemberData(nameof(ForeignKeys))]
    public async Task The_api_cannot_refer_to_another_tenants_row(string foreignKey)
    {
        await using var owner = await Sql.OpenAsync(database.OwnerConnectionString);
        var (tenant, forged) = await ForgeAsync(owner, foreignKey);

        var error = await InsertAsApiAsync(tenant, forged);

        // Parts of the control plane are not the API's to write at all.
        if (forged.Table.IsTenantPlane() || error.SqlState != PostgresErrorCodes.InsufficientPrivilege)
            Assert.Equal((PostgresErrorCodes.ForeignKeyViolation, foreignKey), (error.SqlState, error.ConstraintName));
    }

    [Theory]
    [MemberData(nameof(TenantTables))]
    public async Task The_api_cannot_insert_a_row_for_another_tenant(string table)
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var victim = await database.CreateTenantAsync(Cancel);
        await using var owner = await Sql.OpenAsync(database.OwnerConnectionString);
        var row = await new RowFactory(owner).InsertAsync(ModelTables.Find(table), victim.Id, cancellationToken: Cancel);
        row.Values["id"] = Guid.NewGuid().ToString();

        var error = await InsertAsApiAsync(tenant, row);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        Assert.Contains("row-level security", error.MessageText, StringComparison.Ordinal);
    }

    // The tenant's own row is inserted first, so all that is wrong with the forged one is whose row it refers to.
    private async Task<(TestTenant Tenant, Row Forged)> ForgeAsync(NpgsqlConnection owner, string foreignKey)
    {
        var key = Keys[foreignKey];
        var tenant = await database.CreateTenantAsync(Cancel);
        var victim = await database.CreateTenantAsync(Cancel);
        var rows = new RowFactory(owner);
        var own = await rows.InsertAsync(ModelTables.Find(key.Table.Name), tenant.Id, key, Cancel);
        var foreign = await rows.InsertAsync(ModelTables.Find(key.PrincipalTable.Name), victim.Id, cancellationToken: Cancel);
        await owner.ExecuteAsync($"delete from {own.Table.Qualified()} where {own.Condition}");

        foreach (var (column, target) in key.Columns.Zip(key.PrincipalColumns).Where(pair => pair.First.Name != TenantId))
            own.Values[column.Name] = foreign.Values[target.Name];

        return (tenant, own);
    }

    private async Task<PostgresException> InsertAsApiAsync(TestTenant tenant, Row row)
    {
        await using var app = await Sql.OpenAsync(database.AppConnectionString);
        await using var transaction = await app.BeginTransactionAsync(Cancel);
        await app.ExecuteAsync($"call tenancy.enter('{database.Signer.Sign(tenant.Context)}')");
        return await Assert.ThrowsAsync<PostgresException>(() => app.ExecuteAsync(row.InsertSql));
    }
}
