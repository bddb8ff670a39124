using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class TransactionTests(DatabaseFixture database)
{
    [Fact]
    public async Task One_save_is_one_transaction()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.AddRange(NewTodo(tenant), NewTodo(tenant));
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("select count(distinct xmin::text)::int as \"Value\" from todos").SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_save_that_fails_halfway_leaves_nothing()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        var invalid = NewTodo(tenant);
        invalid.Priority = 9;
        db.AddRange(NewTodo(tenant), invalid);

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
        Assert.Equal(0, await db.Todos.CountAsync(Cancel));
    }

    [Fact]
    public async Task Commands_in_a_transaction_of_ones_own_share_its_context()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        db.Add(NewTodo(tenant));
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(1, await db.Todos.CountAsync(Cancel));
        Assert.Equal(1, await db.Todos.ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Priority, 1), Cancel));
        await transaction.CommitAsync(Cancel);
        Assert.Equal(1, await db.Todos.CountAsync(todo => todo.Priority == 1, Cancel));
    }

    [Fact]
    public async Task A_transaction_of_ones_own_rolls_back()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);

        await using (await db.Database.BeginTransactionAsync(Cancel))
        {
            db.Add(NewTodo(tenant));
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(0, await db.Todos.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_transaction_begun_synchronously_has_the_context()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);
#pragma warning disable CA1849 // The synchronous call is the subject.
        using var transaction = db.Database.BeginTransaction();
#pragma warning restore CA1849

        Assert.Equal(1, await db.Todos.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_transaction_of_another_tenant_stays_within_it()
    {
        await database.AddTodoAsync(await database.CreateTenantAsync(Cancel));
        await using var db = database.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);

        Assert.Equal(0, await db.Todos.IgnoreQueryFilters().CountAsync(Cancel));
        Assert.Equal(0, await db.Todos.IgnoreQueryFilters().ExecuteDeleteAsync(Cancel));
    }

    [Fact]
    public async Task A_transaction_begun_elsewhere_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        await db.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginTransactionAsync(Cancel);

        await Assert.ThrowsAsync<NotSupportedException>(() => db.Database.UseTransactionAsync(transaction, Cancel));
    }

    [Fact]
    public async Task Saving_in_a_transaction_scope_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await using var db = database.Tenants.Open(tenant.Context);
        db.Add(NewTodo(tenant));
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync(Cancel));

        Assert.IsType<NotSupportedException>(error.InnerException ?? error);
    }

    private static Todo NewTodo(TestTenant tenant) => new() { TenantId = tenant.Id, Title = "row", CreatedBy = tenant.OwnerId };
}
