using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>What goes wrong in a day, and what an attacker makes go wrong. None of it may change or show a row.</summary>
internal static class Faults
{
    public static async Task FailInTheMiddleAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await visit.RequireErrorAsync(PostgresErrorCodes.DivisionByZero, () =>
            db.Database.ExecuteSqlRawAsync("update todos set priority = 1; select 1 / (priority - priority) from todos; select 1 / 0", visit.Cancel));
    }

    public static async Task FailWithinATransactionAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await using var transaction = await db.Database.BeginTransactionAsync(visit.Cancel);
        await db.Todos.ExecuteDeleteAsync(visit.Cancel);
        await visit.RequireErrorAsync(PostgresErrorCodes.UndefinedTable, () => db.Database.ExecuteSqlRawAsync("delete from nothing", visit.Cancel));
        await visit.RequireErrorAsync(PostgresErrorCodes.InFailedSqlTransaction, () => db.Todos.CountAsync(visit.Cancel));
    }

    public static async Task ViolateAConstraintAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        var invalid = visit.NewTodo(visit.Mine);
        invalid.Priority = 9;
        db.AddRange(visit.NewTodo(visit.Mine), invalid);
        await visit.RequireErrorAsync(PostgresErrorCodes.CheckViolation, () => db.SaveChangesAsync(visit.Cancel));
    }

    public static async Task WriteForeignAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        db.Add(visit.NewTodo(visit.Other));
        await visit.RequireErrorAsync(PostgresErrorCodes.InsufficientPrivilege, () => db.SaveChangesAsync(visit.Cancel));
    }

    public static async Task ChangeForeignAsync(Visit visit)
    {
        var theirs = visit.Other.Tenant.Id;
        await using var db = visit.OpenTenant();
        var rows = db.Todos.IgnoreQueryFilters().Where(todo => todo.TenantId == theirs);
        visit.RequireNone(await rows.ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Title, "taken"), visit.Cancel), "changed another tenant's rows");
        visit.RequireNone(await rows.ExecuteDeleteAsync(visit.Cancel), "deleted another tenant's rows");
    }

    /// <summary>Cancelled while the server is busy with it.</summary>
    public static async Task SleepAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await db.Database.ExecuteSqlRawAsync("select pg_sleep(0.04)", visit.Cancel);
    }

    /// <summary>Cancelled after it has written, and before it commits.</summary>
    public static async Task SleepWithinATransactionAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await using var transaction = await db.Database.BeginTransactionAsync(visit.Cancel);
        await db.Todos.ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Title, "never committed"), visit.Cancel);
        await db.Database.ExecuteSqlRawAsync("select pg_sleep(0.04)", visit.Cancel);
    }

    public static async Task RunIntoATimeoutAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await visit.RequireErrorAsync(PostgresErrorCodes.QueryCanceled, () =>
            db.Database.ExecuteSqlRawAsync("set local statement_timeout = 5; select pg_sleep(10)", visit.Cancel));
    }

    /// <summary>Any connection of the pool, idle or at work for anybody.</summary>
    public static async Task KillAsync(Visit visit)
    {
        visit.Arena.Tally.Count(Figure.Kills);
        await visit.Arena.KillAnyConnectionAsync();
    }
}
