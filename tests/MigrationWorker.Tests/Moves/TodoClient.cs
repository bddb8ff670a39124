using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Moves;

/// <summary>Somebody who works in a tenant without pause, and remembers what was committed.</summary>
internal sealed class TodoClient(AppAccess app, TestTenant tenant, int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Titles by id, as the last commit left them.</summary>
    public Dictionary<Guid, string> Committed { get; private set; } = [];

    public int Units { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await WorkOnceAsync();
    }

    public async Task WhileWorkingAsync(Func<Task> act)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var working = WorkAsync(stop.Token);
        try
        {
            await act();
        }
        finally
        {
            await stop.CancelAsync();
            await working;
        }
    }

    /// <summary>What the database has of all that was ever committed, and of nothing else that this client writes.</summary>
    public async Task<IEnumerable<KeyValuePair<Guid, string>>> FindAsync()
    {
        await using var db = app.Tenants.Open(tenant.Context);
        return (await db.Todos.Where(todo => todo.Title.StartsWith("new ") || todo.Title.StartsWith("changed ")).ToDictionaryAsync(todo => todo.Id, todo => todo.Title, Cancel))
            .OrderBy(todo => todo.Key);
    }

    private async Task WorkOnceAsync()
    {
        await using var work = await UnitOfWork.BeginAsync(app, tenant);
        var todos = new Dictionary<Guid, string>(Committed);
        await (random.Next(10) switch
        {
            < 4 => InsertAsync(work, todos),
            < 6 => UpdateAsync(work, todos),
            < 8 => DeleteAsync(work, todos),
            8 => WithSavepointsAsync(work, todos),
            _ => SlowlyAsync(work, todos),
        });
        await work.CommitAsync();
        (Committed, Units) = (todos, Units + 1);
    }

    private async Task InsertAsync(UnitOfWork work, Dictionary<Guid, string> todos)
    {
        var (id, title) = (Guid.NewGuid(), $"new {random.Next()}");
        await work.ExecuteAsync($"insert into todos (tenant_id, id, title, created_by) values ('{tenant.Id}', '{id}', '{title}', '{tenant.OwnerId}')");
        todos[id] = title;
    }

    private async Task UpdateAsync(UnitOfWork work, Dictionary<Guid, string> todos)
    {
        if (todos.Count == 0)
            return;

        var (id, title) = (todos.Keys.ElementAt(random.Next(todos.Count)), $"changed {random.Next()}");
        Assert.Equal(1, await work.ExecuteAsync($"update todos set title = '{title}' where tenant_id = '{tenant.Id}' and id = '{id}'"));
        todos[id] = title;
    }

    private async Task DeleteAsync(UnitOfWork work, Dictionary<Guid, string> todos)
    {
        if (todos.Count == 0)
            return;

        var id = todos.Keys.ElementAt(random.Next(todos.Count));
        Assert.Equal(1, await work.ExecuteAsync($"delete from todos where tenant_id = '{tenant.Id}' and id = '{id}'"));
        todos.Remove(id);
    }

    // Rows of savepoints carry numbers of transactions that no snapshot lists.
    private async Task WithSavepointsAsync(UnitOfWork work, Dictionary<Guid, string> todos)
    {
        await InsertAsync(work, todos);
        await work.ExecuteAsync("savepoint kept");
        await UpdateAsync(work, todos);
        await InsertAsync(work, todos);
        await work.ExecuteAsync("release savepoint kept; savepoint undone");
        await UpdateAsync(work, new(todos));
        await InsertAsync(work, new(todos));
        await work.ExecuteAsync("rollback to savepoint undone");
        await Task.Delay(random.Next(60), CancellationToken.None);
        await UpdateAsync(work, todos);
    }

    private async Task SlowlyAsync(UnitOfWork work, Dictionary<Guid, string> todos)
    {
        await UpdateAsync(work, todos);
        await Task.Delay(random.Next(120), CancellationToken.None);
        await InsertAsync(work, todos);
        await DeleteAsync(work, todos);
    }
}

/// <summary>A transaction of the API in its tenant.</summary>
internal sealed class UnitOfWork(NpgsqlConnection connection) : IAsyncDisposable
{
    public static async Task<UnitOfWork> BeginAsync(AppAccess app, TestTenant tenant, string settings = "")
    {
        var work = new UnitOfWork(await app.DataSource.OpenConnectionAsync(CancellationToken.None));
        await work.ExecuteAsync($"begin; {settings}; call tenancy.enter('{app.Signer.Sign(tenant.Context)}')");
        return work;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    public Task CommitAsync() => ExecuteAsync("commit");

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
