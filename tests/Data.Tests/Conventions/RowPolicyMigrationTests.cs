using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.Data.Tests.Conventions;

/// <summary>What 'dotnet ef migrations add' would make of a model, as SQL.</summary>
[Collection(SpareDatabase.Collection)]
public sealed class RowPolicyMigrationTests(SpareDatabase spare) : IDisposable
{
    private const string Policy =
        "create policy tenant_isolation on notebooks using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()));";

    private const string Enable = "alter table notebooks enable row level security, force row level security;";
    private const string Disable = "alter table notebooks no force row level security, disable row level security;";
    private const string Drop = "drop policy tenant_isolation on notebooks;";

    private readonly NotesDbContext owned = NotesDbContext.Open();
    private readonly SharedNotesDbContext shared = SharedNotesDbContext.Open();

    public void Dispose()
    {
        owned.Dispose();
        shared.Dispose();
    }

    [Fact]
    public void Adding_a_tenant_owned_entity_isolates_its_table()
    {
        var sql = Sql(from: null, to: owned);

        Assert.Equal([Enable, Policy], RowSecurityOf("notebooks", sql));
        Assert.Equal(2, RowSecurityOf("jottings", sql).Count());
    }

    [Fact]
    public void Removing_a_tenant_owned_entity_drops_its_table_with_its_policy()
    {
        var sql = Sql(from: owned, to: null);

        Assert.Contains("DROP TABLE notebooks;", sql);
        Assert.Equal([], RowSecurityOf("notebooks", sql));
    }

    [Fact]
    public void Becoming_tenant_owned_isolates_a_table_that_exists() =>
        Assert.Equal([Enable, Policy], RowSecurityOf("notebooks", Sql(from: shared, to: owned)));

    [Fact]
    public void Ceasing_to_be_tenant_owned_removes_the_policy() =>
        Assert.Equal([Drop, Disable], RowSecurityOf("notebooks", Sql(from: owned, to: shared)));

    [Fact]
    public void Changing_a_policy_replaces_it_while_the_table_stays_closed()
    {
        using var otherwise = OtherwiseGuardedNotesDbContext.Open();

        Assert.Equal([Drop, Policy], RowSecurityOf("notebooks", Sql(from: otherwise, to: owned)));
    }

    [Fact]
    public void A_table_without_policies_is_left_alone() =>
        Assert.Equal([], RowSecurityOf("notebooks", Sql(from: null, to: shared)));

    [Fact]
    public void No_change_makes_no_sql() => Assert.Empty(Sql(from: owned, to: owned));

    [Fact]
    public async Task The_sql_isolates_on_a_real_server_and_comes_off_again()
    {
        await using var owner = NpgsqlDataSource.Create(spare.Database.Owner);
        await using var connection = await owner.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await RunAsync(connection, ["set local search_path = pooled"]);

        await RunAsync(connection, Sql(from: null, to: shared));
        Assert.Contains((await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings, finding => finding is { Id: "rls-off", Subject: "pooled.notebooks" });
        await RunAsync(connection, Sql(from: shared, to: null));

        await RunAsync(connection, Sql(from: null, to: owned));
        Assert.Empty((await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings);
        await RunAsync(connection, Sql(from: owned, to: null));
        Assert.Empty((await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings);
    }

    private static IEnumerable<string> RowSecurityOf(string table, IEnumerable<string> sql) => sql.Where(statement =>
        statement.Contains(table, StringComparison.Ordinal)
        && (statement.Contains("policy", StringComparison.Ordinal) || statement.Contains("row level security", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Sql(DbContext? from, DbContext? to)
    {
        var services = (from ?? to)!;
        var operations = services.GetService<IMigrationsModelDiffer>().GetDifferences(Relational(from), Relational(to));
        var commands = services.GetService<IMigrationsSqlGenerator>().Generate(operations, to?.GetService<IDesignTimeModel>().Model);
        return [.. commands.Select(command => command.CommandText.Trim())];
    }

    private static IRelationalModel? Relational(DbContext? db) => db?.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    private static async Task RunAsync(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }
}
