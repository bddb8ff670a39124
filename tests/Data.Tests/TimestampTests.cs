using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests;

public sealed class TimestampTests(DatabaseFixture database) : IAsyncLifetime
{
    // Ahead, so that contexts signed by this clock last for the test; further ahead the database would refuse them.
    private readonly DateTimeOffset moment = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds());
    private FixedTime time = null!;
    private AppAccess app = null!;

    public ValueTask InitializeAsync()
    {
        time = new FixedTime(moment);
        app = new AppAccess(database.AppConnectionString, database.SigningKey, services => services.AddSingleton<TimeProvider>(time));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_new_row_is_stamped_with_the_time_of_its_saving()
    {
        var (tenant, _) = await CreateAsync();
        await using var db = app.Tenants.Open(tenant.Context);

        var stored = await db.Todos.SingleAsync(Cancel);

        Assert.Equal((moment, moment), (stored.Created, stored.Updated));
        Assert.Null(stored.Deleted);
    }

    [Fact]
    public async Task A_change_moves_updated_and_leaves_created()
    {
        var (tenant, todo) = await CreateAsync();
        await using var db = app.Tenants.Open(tenant.Context);
        time.Now = moment.AddMinutes(20);
        db.Attach(todo).Entity.Title = "changed";
        await db.SaveChangesAsync(Cancel);

        var stored = await db.Todos.AsNoTracking().SingleAsync(Cancel);

        Assert.Equal((moment, moment.AddMinutes(20)), (stored.Created, stored.Updated));
    }

    [Fact]
    public async Task Saving_without_a_change_stamps_nothing()
    {
        var (tenant, _) = await CreateAsync();
        await using var db = app.Tenants.Open(tenant.Context);
        var todo = await db.Todos.SingleAsync(Cancel);
        time.Now = moment.AddMinutes(20);

        Assert.Equal(0, await db.SaveChangesAsync(Cancel));
        Assert.Equal((moment, 1), (todo.Updated, todo.Version));
    }

    [Fact]
    public async Task Rows_written_without_ef_get_the_servers_time()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var sql = $"insert into todos (tenant_id, id, title, created_by) values ('{tenant.Id}', gen_random_uuid(), 'raw', '{tenant.OwnerId}') returning created = now() and updated = now()";

        Assert.True(await database.App.DataSource.ScalarAsync<bool>(sql, database.Signer.Sign(tenant.Context)));
    }

    private async Task<(TestTenant Tenant, Todo Todo)> CreateAsync()
    {
        var tenant = await database.CreateTenantAsync(Cancel);
        var todo = new Todo { TenantId = tenant.Id, Title = "row", CreatedBy = tenant.OwnerId };
        await using var db = app.Tenants.Open(tenant.Context);
        db.Add(todo);
        await db.SaveChangesAsync(Cancel);
        return (tenant, todo);
    }
}
