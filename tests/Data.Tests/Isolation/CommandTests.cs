using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

#pragma warning disable CA1849, xUnit1051 // The synchronous calls are what half of these tests are about.

/// <summary>Each kind of command that EF can send carries the context, and none needs a transaction for it.</summary>
public sealed class CommandTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_reader_carries_the_context()
    {
        await using var db = await OpenWithTwoTodosAsync();

        Assert.Equal(2, (await db.Todos.ToListAsync(Cancel)).Count);
        Assert.Equal(2, db.Todos.AsNoTracking().ToList().Count);
    }

    [Fact]
    public async Task A_scalar_carries_the_context()
    {
        await using var db = await OpenWithTwoTodosAsync();
        var command = db.GetService<IRawSqlCommandBuilder>().Build("select count(*) from todos");
        var parameters = new RelationalCommandParameterObject(
            db.GetService<IRelationalConnection>(), null, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>());

        Assert.Equal(2L, await command.ExecuteScalarAsync(parameters, Cancel));
        Assert.Equal(2L, command.ExecuteScalar(parameters));
    }

    [Fact]
    public async Task A_non_query_carries_the_context_and_counts_only_its_own_rows()
    {
        await using var db = await OpenWithTwoTodosAsync();

        Assert.Equal(2, await db.Database.ExecuteSqlAsync($"update todos set priority = {2}", Cancel));
        Assert.Equal(2, db.Database.ExecuteSql($"update todos set priority = {1}"));
        Assert.Equal(0, await db.Todos.Where(todo => todo.Title == "none").ExecuteDeleteAsync(Cancel));
        Assert.Equal(2, db.Todos.ExecuteDelete());
    }

    [Fact]
    public async Task Saving_synchronously_carries_the_context()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        using var db = database.Tenants.Open(tenant.Context);
        db.AddRange(Enumerable.Range(0, 3).Select(_ => new Todo { TenantId = tenant.Id, Title = "row", CreatedBy = tenant.OwnerId }));

        Assert.Equal(3, db.SaveChanges());
        Assert.Equal(3, db.Todos.Count());
    }

    [Fact]
    public async Task A_query_with_parameters_of_its_own_carries_the_context()
    {
        await using var db = await OpenWithTwoTodosAsync();
        string[] titles = ["one", "three"];

        Assert.Equal("one", (await db.Todos.SingleAsync(todo => titles.Contains(todo.Title), Cancel)).Title);
        Assert.Single(await db.Todos.FromSql($"select * from todos where title = {"two"}").ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_query_can_run_again_on_the_same_DbContext()
    {
        await using var db = await OpenWithTwoTodosAsync();
        var todos = db.Todos.OrderBy(todo => todo.Title).Select(todo => todo.Title);

        Assert.Equal(await todos.ToListAsync(Cancel), await todos.ToListAsync(Cancel));
        Assert.Null(db.Database.CurrentTransaction);
    }

    [Fact]
    public async Task Without_a_context_no_command_is_sent()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var db = database.Tenants.Open(tenant.Context);
        await db.DisposeAsync();
        await using var platform = database.Platform.Open(null!);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => db.Todos.IgnoreQueryFilters().ToListAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.Users.ToListAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.Database.BeginTransactionAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.Database.ExecuteSqlRawAsync("select 1", Cancel));
    }

    private async Task<TenantDbContext> OpenWithTwoTodosAsync()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant, "one");
        await database.AddTodoAsync(tenant, "two");
        return database.Tenants.Open(tenant.Context);
    }
}
