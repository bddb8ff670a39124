using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests.Isolation;

/// <summary>One physical connection, never reset by the pool: whatever a unit of work leaves behind, the next one would find.</summary>
public sealed class ConnectionHygieneTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly FixedTime time = new(TimeProvider.System.GetUtcNow());
    private AppAccess app = null!;
    private TestTenant tenant = null!;
    private int backend;

    public async ValueTask InitializeAsync()
    {
        var access = new NpgsqlConnectionStringBuilder(database.AppConnectionString)
        {
            MaxPoolSize = 1,
            NoResetOnClose = true,
            ApplicationName = $"hygiene {Guid.NewGuid()}",
        };
        app = new AppAccess(access.ConnectionString, database.SigningKey, services => services.AddSingleton<TimeProvider>(time));
        tenant = await database.CreateTenantAsync(Cancel);
        await database.AddTodoAsync(tenant);
        await database.AddTodoAsync(tenant);
        backend = await app.DataSource.ScalarAsync<int>("select pg_backend_pid()");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Clean_after_a_query()
    {
        await using (var db = app.Tenants.Open(tenant.Context))
            Assert.Equal(2, await db.Todos.CountAsync(Cancel));

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_an_sql_error()
    {
        await using (var db = app.Tenants.Open(tenant.Context))
            await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("update todos set priority = 9", Cancel));

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_a_refused_insert()
    {
        await using (var db = app.Tenants.Open(tenant.Context))
        {
            db.Add(new Todo { TenantId = tenant.Id, Title = "", CreatedBy = tenant.OwnerId });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
        }

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_an_expired_context()
    {
        time.Now = DateTimeOffset.UnixEpoch;

        await using (var db = app.Tenants.Open(tenant.Context))
        {
            await Assert.ThrowsAsync<PostgresException>(() => db.Todos.CountAsync(Cancel));
            await Assert.ThrowsAsync<PostgresException>(() => db.Database.BeginTransactionAsync(Cancel));
        }

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_a_forged_context()
    {
        var forged = app.Signer.Sign(tenant.Context)[..^2] + "00";
        await Assert.ThrowsAsync<PostgresException>(() => app.DataSource.ScalarAsync<long>("select 1", forged));

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_cancellation_in_the_middle_of_a_query()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await using (var db = app.Tenants.Open(tenant.Context))
        {
            var query = db.Database.SqlQueryRaw<int>("select count(pg_sleep(60))::int as \"Value\" from todos").SingleAsync(cancelled.Token);
            await UntilSleepingAsync(query);
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        }

        await AssertCleanAsync();
    }

    [Fact]
    public async Task Clean_after_a_reader_that_was_not_read_to_its_end()
    {
        await using (var db = app.Tenants.Open(tenant.Context))
        {
            await foreach (var _ in db.Todos.AsAsyncEnumerable().WithCancellation(Cancel))
                break;
        }

        await AssertCleanAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clean_after_a_transaction(bool commit)
    {
        await using (var db = app.Tenants.Open(tenant.Context))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            await db.Todos.ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Priority, 1), Cancel);
            await (commit ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        }

        await AssertCleanAsync();
    }

    private async Task AssertCleanAsync()
    {
        Assert.Equal(backend, await app.DataSource.ScalarAsync<int>("select pg_backend_pid()"));
        Assert.Equal("", await app.DataSource.ScalarAsync<string>("select coalesce(current_setting('tenancy.context', true), '')"));
        Assert.Equal("pooled", await app.DataSource.ScalarAsync<string>("select current_setting('search_path')"));
        Assert.Equal(0L, await app.DataSource.ScalarAsync<long>("select count(*) from pooled.todos"));
        Assert.Equal("", await app.DataSource.ScalarAsync<string>("""
            select coalesce(string_agg(name, ','), '') from pg_settings
            where source = 'session' and name <> 'transaction_isolation'
            """));
        Assert.Equal(0L, await app.DataSource.ScalarAsync<long>("select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'"));
    }

    private async Task UntilSleepingAsync(Task query)
    {
        await using var admin = NpgsqlDataSource.Create(database.AdminConnectionString);
        while (await admin.ScalarAsync<string>($"select wait_event from pg_stat_activity where pid = {backend}") != "PgSleep")
        {
            Assert.False(query.IsCompleted, "The query ended before it could be cancelled.");
            await Task.Delay(20, Cancel);
        }
    }
}
