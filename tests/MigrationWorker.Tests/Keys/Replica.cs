using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Keys;

/// <summary>One of several services over the same database: reads and writes for many tenants without a pause, until it is stopped.</summary>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>How many units of work are under way at a time.</summary>
    public const int Workers = 3;

    private readonly AppAccess app;
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] work;

    private long operations;

    public Replica(KeysDatabase keys, string signingKey, IReadOnlyList<TestTenant> tenants)
    {
        app = new AppAccess(keys.Database.App, signingKey);
        work = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker, tenants)))];
    }

    public long Operations => Volatile.Read(ref operations);

    public ConcurrentQueue<Exception> Failures { get; } = [];

    public string KeyId => app.Signer.Sign(TenantContext.ForAuthentication).Split('.')[5];

    /// <summary>As when the file of its configuration changes: it works on meanwhile.</summary>
    public void SwitchTo(string signingKey)
    {
        var configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();
        configuration["Tenancy:SigningKey"] = signingKey;
        configuration.Reload();
    }

    /// <summary>Until so many more operations are done.</summary>
    public async Task WorkOnAsync(int more)
    {
        for (var goal = Operations + more; Operations < goal;)
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
    }

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        await app.DisposeAsync();
    }

    private async Task WorkAsync(int worker, IReadOnlyList<TestTenant> tenants)
    {
        for (var i = worker; !stop.IsCancellationRequested; i++)
        {
            try
            {
                await ReadAndWriteAsync(tenants[i % tenants.Count], $"{KeyId} {i}");
            }
            catch (Exception e)
            {
                Failures.Enqueue(e);
                Interlocked.Increment(ref operations);
            }
        }
    }

    // Statements on their own, an implicit transaction and one of several statements: each mints a context or more.
    private async Task ReadAndWriteAsync(TestTenant tenant, string title)
    {
        var todo = new Todo { TenantId = tenant.Id, Title = title, CreatedBy = tenant.OwnerId };
        await using var db = app.Tenants.Open(tenant.Context);
        db.Add(todo);
        await db.SaveChangesAsync(CancellationToken.None);
        Interlocked.Increment(ref operations);

        Expect(await db.Todos.AsNoTracking().CountAsync(row => row.Id == todo.Id && row.Title == title, CancellationToken.None));
        Interlocked.Increment(ref operations);

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        Expect(await db.Todos.Where(row => row.Id == todo.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Priority, 1), CancellationToken.None));
        Expect(await db.Todos.Where(row => row.Id == todo.Id && row.Priority == 1).ExecuteDeleteAsync(CancellationToken.None));
        await transaction.CommitAsync(CancellationToken.None);
        Interlocked.Add(ref operations, 2);
    }

    private static void Expect(int rows)
    {
        if (rows != 1)
            throw new RowsHiddenException($"{rows} rows instead of the one just written");
    }
}

/// <summary>The unit of work was let in, but its rows are not to be seen.</summary>
internal sealed class RowsHiddenException(string message) : Exception(message);
