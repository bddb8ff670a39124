using Microsoft.EntityFrameworkCore;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests;

public sealed class VersionTests(DatabaseFixture database)
{
    [Fact]
    public async Task Each_save_counts_the_version_up()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var todo = await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);
        Assert.Equal(1, todo.Version);

        db.Attach(todo).Entity.Title = "changed";
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(2, todo.Version);
        Assert.Equal(2, await db.Todos.Select(row => row.Version).SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_save_over_somebody_elses_change_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var mine = database.Tenants.Open(tenant.Context);
        await using var theirs = database.Tenants.Open(tenant.Context);
        var stale = await mine.Todos.SingleAsync(Cancel);
        (await theirs.Todos.SingleAsync(Cancel)).Title = "theirs";
        await theirs.SaveChangesAsync(Cancel);

        stale.Title = "mine";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => mine.SaveChangesAsync(Cancel));
        Assert.Equal("theirs", await theirs.Todos.Select(row => row.Title).SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_delete_over_somebody_elses_change_is_refused()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var mine = database.Tenants.Open(tenant.Context);
        await using var theirs = database.Tenants.Open(tenant.Context);
        mine.Remove(await mine.Todos.SingleAsync(Cancel));
        (await theirs.Todos.SingleAsync(Cancel)).Title = "theirs";
        await theirs.SaveChangesAsync(Cancel);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => mine.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task A_refused_save_can_be_repeated_after_reloading()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var db = database.Tenants.Open(tenant.Context);
        var todo = await db.Todos.SingleAsync(Cancel);
        await db.Database.ExecuteSqlRawAsync("update todos set version = version + 1", Cancel);
        todo.Title = "mine";
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancel));

        await db.Entry(todo).ReloadAsync(Cancel);
        todo.Title = "mine after all";

        Assert.Equal(1, await db.SaveChangesAsync(Cancel));
        Assert.Equal(3, todo.Version);
    }
}
