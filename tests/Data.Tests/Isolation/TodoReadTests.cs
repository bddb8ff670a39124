using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class TodoReadTests(DatabaseFixture database)
{
    [Fact]
    public async Task Tenant_reads_its_own_todos()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var todo = await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);

        Assert.Equal(todo.Id, (await db.Todos.SingleAsync(Cancel)).Id);
        Assert.Equal(1, await db.Todos.IgnoreQueryFilters().CountAsync(Cancel));
    }

    [Fact]
    public async Task Tenant_cannot_read_another_tenants_todo()
    {
        await using var db = await OpenBesideAnotherTenantsTodoAsync();

        Assert.Empty(await db.Todos.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Ignoring_all_query_filters_reveals_nothing()
    {
        await using var db = await OpenBesideAnotherTenantsTodoAsync();

        Assert.Empty(await db.Todos.IgnoreQueryFilters().ToListAsync(Cancel));
    }

    [Fact]
    public async Task Raw_sql_through_ef_reveals_nothing()
    {
        await using var db = await OpenBesideAnotherTenantsTodoAsync();

        Assert.Empty(await db.Todos.FromSqlRaw("select * from pooled.todos").IgnoreQueryFilters().ToListAsync(Cancel));
        Assert.Equal(0, await db.Database.SqlQueryRaw<int>("select count(*)::int as \"Value\" from pooled.todos").SingleAsync(Cancel));
    }

    [Fact]
    public async Task Another_tenants_id_as_a_query_parameter_reveals_nothing()
    {
        var victim = await database.CreateTenantAsync(Cancel);
        var todo = await database.AddTodoAsync(victim);
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);

        Assert.Null(await db.Todos.FindAsync([victim.Id, todo.Id], Cancel));
        Assert.False(await db.Todos.IgnoreQueryFilters().AnyAsync(row => row.TenantId == victim.Id && row.Id == todo.Id, Cancel));
    }

    [Fact]
    public async Task Without_a_tenant_there_are_no_rows()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);

        foreach (var context in new[] { TenantContext.ForUser(tenant.OwnerId), TenantContext.ForAuthentication })
        {
            await using var db = database.Tenants.Open(context);

            Assert.Empty(await db.Todos.IgnoreQueryFilters().ToListAsync(Cancel));
            Assert.Equal(0, await db.Database.SqlQueryRaw<int>("select count(*)::int as \"Value\" from pooled.todos").SingleAsync(Cancel));
        }
    }

    [Fact]
    public async Task Without_a_tenant_the_filter_refuses_before_the_database_is_asked()
    {
        await using var db = database.Tenants.Open(TenantContext.ForUser(Guid.NewGuid()));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Todos.ToListAsync(Cancel));

        Assert.StartsWith("No tenant:", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => db.TenantId);
    }

    [Fact]
    public async Task Soft_deleted_todos_are_hidden_unless_asked_for()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var todo = await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Attach(todo).Entity.Deleted = DateTimeOffset.UtcNow;
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(0, await db.Todos.CountAsync(Cancel));
        Assert.Equal(1, await db.Todos.IgnoreQueryFilters(["deleted"]).CountAsync(Cancel));
    }

    private async Task<TenantDbContext> OpenBesideAnotherTenantsTodoAsync()
    {
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));
        return database.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);
    }
}
