using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

public sealed class PooledContextTests(DatabaseFixture database)
{
    [Fact]
    public async Task A_context_from_the_pool_serves_its_new_tenant_only()
    {
        var (first, second) = (await database.CreateTenantAsync(Cancel), await database.CreateTenantAsync(Cancel));
        await database.AddTodoAsync(first, "first");
        await database.AddTodoAsync(second, "second");
        await using var app = new AppAccess(database.AppConnectionString, database.SigningKey);
        var former = app.Tenants.Open(first.Context);
        Assert.Equal("first", (await former.Todos.SingleAsync(Cancel)).Title);
        await former.DisposeAsync();

        await using var db = app.Tenants.Open(second.Context);

        Assert.Same(former, db);
        Assert.Equal(second.Id, db.TenantId);
        Assert.Equal("second", (await db.Todos.SingleAsync(Cancel)).Title);
        Assert.Single(await db.Todos.IgnoreQueryFilters().ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_context_from_the_pool_has_no_rows_of_its_former_tenant_in_memory()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await using var app = new AppAccess(database.AppConnectionString, database.SigningKey);

        await using (var former = app.Tenants.Open(tenant.Context))
            await former.Todos.ToListAsync(Cancel);

        await using var db = app.Tenants.Open((await database.CreateTenantAsync(Cancel)).Context);

        Assert.Empty(db.ChangeTracker.Entries());
        Assert.Empty(db.Todos.Local);
    }

    [Fact]
    public async Task A_returned_context_forgets_whom_it_served()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var asynchronous = database.Tenants.Open(tenant.Context);
        await asynchronous.DisposeAsync();
        var synchronous = database.Platform.Open(TenantContext.ForAuthentication);
#pragma warning disable CA1849 // The synchronous call is the subject.
        synchronous.Dispose();
#pragma warning restore CA1849

        Assert.Null(asynchronous.Context);
        Assert.Null(synchronous.Context);
    }

    [Fact]
    public async Task A_context_taken_past_TenancyDb_is_refused()
    {
        await using var app = new AppAccess(database.AppConnectionString, database.SigningKey);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<TenantDbContext>>().CreateDbContextAsync(Cancel);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Todos.IgnoreQueryFilters().ToListAsync(Cancel));

        Assert.StartsWith("No tenant context:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_tenants_at_once_over_few_connections_see_only_themselves()
    {
        await using var app = new AppAccess(database.AppConnectionString + ";Maximum Pool Size=4", database.SigningKey);
        var tenants = new List<TestTenant>();
        for (var i = 0; i < 8; i++)
        {
            tenants.Add(await database.CreateTenantAsync(Cancel));
            await database.AddTodoAsync(tenants[i], tenants[i].Key);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), Cancel, async (i, cancel) =>
        {
            var tenant = tenants[i % tenants.Count];
            await using var db = app.Tenants.Open(tenant.Context);
            Assert.Equal(tenant.Key, (await db.Todos.IgnoreQueryFilters().AsNoTracking().SingleAsync(cancel)).Title);
        });
    }
}
