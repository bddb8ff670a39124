using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Todos;

/// <summary>How PostgreSQL runs a page of todos: the filter finds the rows through the index, the policy is checked once.</summary>
public sealed class TodoPlanTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_page_is_read_through_the_tenants_index_and_the_policy_runs_once()
    {
        var tenant = await CreateCrowdedTenantAsync();
        await using var db = database.Tenants.Open(tenant.Context);
        var page = db.Todos.OrderByDescending(todo => todo.Created).ThenByDescending(todo => todo.Id).Take(20);

        var plan = await ExplainAsync(db, page);

        Assert.Contains("Index Scan using ix_todos_tenant_id_created_id", plan, StringComparison.Ordinal);
        Assert.Contains($"Index Cond: (tenant_id = '{tenant.Id}'::uuid)", plan, StringComparison.Ordinal);
        Assert.Contains("One-Time Filter:", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    private async Task<TestTenant> CreateCrowdedTenantAsync()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var fill = $"""
            insert into todos (tenant_id, id, title, created_by, created)
            select '{tenant.Id}', gen_random_uuid(), 'row ' || n, '{tenant.OwnerId}', now() - n * interval '1 minute' from generate_series(1, 2000) n
            """;
        await database.App.DataSource.ExecuteAsync(fill, database.Signer.Sign(tenant.Context));
        await using var owner = Npgsql.NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var analyze = owner.CreateCommand("analyze pooled.todos");
        await analyze.ExecuteNonQueryAsync(Cancel);
        return tenant;
    }

    private static async Task<string> ExplainAsync(TenantDbContext db, IQueryable<Todo> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = "explain (costs off) " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var plan = new List<string>();

        while (await reader.ReadAsync(Cancel))
            plan.Add(reader.GetString(0));

        return string.Join('\n', plan);
    }
}
