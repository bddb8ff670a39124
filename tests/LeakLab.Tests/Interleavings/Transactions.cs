using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Several statements that belong together.</summary>
internal static class Transactions
{
    private const string Insert = "insert into todos (tenant_id, id, title, priority, created_by) values ($1, $2, $3, $4, $5)";

    public static Task CommitAsync(Visit visit) => SeveralStatementsAsync(visit, Ending.Commit);

    public static Task RollBackAsync(Visit visit) => SeveralStatementsAsync(visit, Ending.RollBack);

    public static Task AbandonAsync(Visit visit) => SeveralStatementsAsync(visit, Ending.Dispose);

    public static async Task CommitByNpgsqlAsync(Visit visit)
    {
        var todo = visit.NewTodo(visit.Mine);
        var isCommitted = visit.Number % 3 != 0;
        await using var connection = await visit.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(visit.Cancel);
        await using var enter = new NpgsqlCommand("call tenancy.enter($1)", connection) { Parameters = { new() { Value = visit.Signed } } };
        await enter.ExecuteNonQueryAsync(visit.Cancel);
        await using var insert = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new() { Value = todo.TenantId }, new() { Value = todo.Id }, new() { Value = todo.Title }, new() { Value = todo.Priority },
                new() { Value = todo.CreatedBy },
            },
        };
        await insert.ExecuteNonQueryAsync(visit.Cancel);

        if (isCommitted)
        {
            visit.After = visit.After.Add(todo.Id, Visit.RowOf(todo));
            await transaction.CommitAsync(visit.Cancel);
        }
    }

    /// <summary>Two tenants on two connections at the same time, one of them within a transaction.</summary>
    public static async Task TwoTenantsAsync(Visit visit)
    {
        var other = visit.Arena.LaneMate(visit.Mine, visit.Number);
        var (todo, theirs) = (visit.NewTodo(visit.Mine), visit.NewTodo(other));
        await visit.Arena.SecondConnection.WaitAsync(visit.Cancel);
        try
        {
            await using var db = visit.OpenTenant();
            await using var transaction = await db.Database.BeginTransactionAsync(visit.Cancel);
            db.Add(todo);
            await db.SaveChangesAsync(visit.Cancel);
            await InsertForAsync(visit, other, theirs);

            var after = visit.After.Add(todo.Id, Visit.RowOf(todo));
            visit.SeeAll(visit.Mine, after, await db.Todos.IgnoreQueryFilters().AsNoTracking().ToListAsync(visit.Cancel));
            visit.After = after;
            await transaction.CommitAsync(visit.Cancel);
        }
        finally
        {
            visit.Arena.SecondConnection.Release();
        }
    }

    private static async Task InsertForAsync(Visit visit, TenantModel other, Todo theirs)
    {
        await using var db = visit.Arena.OpenTenant(other.Tenant.Context);
        visit.SeeAll(other, other.Rows, await db.Todos.IgnoreQueryFilters().AsNoTracking().ToListAsync(visit.Cancel));
        db.Add(theirs);
        visit.Intend(other, other.Rows.Add(theirs.Id, Visit.RowOf(theirs)));
        await db.SaveChangesAsync(visit.Cancel);
    }

    private static async Task SeveralStatementsAsync(Visit visit, Ending ending)
    {
        var todo = visit.NewTodo(visit.Mine);
        var before = visit.After;
        var raised = visit.Number % 5 + 1;
        await using var db = visit.OpenTenant();
        await using var transaction = await db.Database.BeginTransactionAsync(visit.Cancel);
        db.Add(todo);
        await db.SaveChangesAsync(visit.Cancel);
        var after = before.Add(todo.Id, Visit.RowOf(todo));
        await db.Todos.IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(row => row.Priority, raised), visit.Cancel);
        after = after.In(Tables.Todos).Aggregate(after, (rows, row) => rows.SetItem(row.Key, row.Value with { Priority = raised }));
        visit.SeeAll(visit.Mine, after, await db.Todos.IgnoreQueryFilters().AsNoTracking().ToListAsync(visit.Cancel));

        if (ending is Ending.Commit)
        {
            visit.After = after;
            await transaction.CommitAsync(visit.Cancel);
        }
        else if (ending is Ending.RollBack)
        {
            await transaction.RollbackAsync(visit.Cancel);
            visit.SeeAll(visit.Mine, before, await db.Todos.AsNoTracking().ToListAsync(visit.Cancel));
        }
    }

    private enum Ending
    {
        Commit,
        RollBack,
        Dispose,
    }
}
