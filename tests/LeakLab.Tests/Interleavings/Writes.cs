using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Changes of the tenant's own rows. Each says first what it intends: interrupted, it must have done all of it or nothing.</summary>
internal static class Writes
{
    public static async Task InsertAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();

        for (var i = 0; i <= visit.Number % 3; i++)
        {
            var todo = visit.NewTodo(visit.Mine);
            db.Add(todo);
            visit.After = visit.After.Add(todo.Id, Visit.RowOf(todo));
        }

        await db.SaveChangesAsync(visit.Cancel);
    }

    public static Task InsertSynchronously(Visit visit)
    {
        using var db = visit.OpenTenant();
        var todo = visit.NewTodo(visit.Mine);
        db.Add(todo);
        visit.After = visit.After.Add(todo.Id, Visit.RowOf(todo));
        db.SaveChanges();
        return Task.CompletedTask;
    }

    public static async Task UpdateAsync(Visit visit)
    {
        var id = visit.Pick(Tables.Todos);
        await using var db = visit.OpenTenant();

        if (await db.Todos.SingleOrDefaultAsync(todo => todo.Id == id, visit.Cancel) is { } todo)
        {
            todo.Title = visit.Mine.NextText();
            visit.After = visit.After.SetItem(id, Visit.RowOf(todo));
            await db.SaveChangesAsync(visit.Cancel);
        }
    }

    public static async Task DeleteAsync(Visit visit)
    {
        var id = visit.Pick(Tables.Todos);
        await using var db = visit.OpenTenant();

        if (await db.Todos.SingleOrDefaultAsync(todo => todo.Id == id, visit.Cancel) is { } todo)
        {
            db.Remove(todo);
            visit.After = visit.After.Remove(id);
            await db.SaveChangesAsync(visit.Cancel);
        }
    }

    public static async Task UpdateManyAsync(Visit visit)
    {
        var (from, to) = (1 + (visit.Number % 5), 1 + (visit.Number / 5 % 5));
        var affected = WithPriority(visit, from);
        visit.After = affected.Aggregate(visit.After, (rows, row) => rows.SetItem(row.Key, row.Value with { Priority = to }));
        await using var db = visit.OpenTenant();
        var todos = visit.Number % 2 == 0 ? db.Todos : db.Todos.IgnoreQueryFilters();
        var count = await todos.Where(todo => todo.Priority == from).ExecuteUpdateAsync(set => set.SetProperty(todo => todo.Priority, to), visit.Cancel);
        visit.Require(count == affected.Count, $"updated {count} rows instead of {affected.Count}");
    }

    public static async Task DeleteManyAsync(Visit visit)
    {
        var priority = 1 + (visit.Number % 5);
        var affected = WithPriority(visit, priority);
        visit.After = visit.After.RemoveRange(affected.Keys);
        await using var db = visit.OpenTenant();
        var todos = visit.Number % 2 == 0 ? db.Todos : db.Todos.IgnoreQueryFilters();
        var count = await todos.Where(todo => todo.Priority == priority).ExecuteDeleteAsync(visit.Cancel);
        visit.Require(count == affected.Count, $"deleted {count} rows instead of {affected.Count}");
    }

    public static async Task InsertTeamAsync(Visit visit)
    {
        var team = new Team { TenantId = visit.Mine.Tenant.Id, Name = visit.Mine.NextText() };
        visit.After = visit.After.Add(team.Id, Visit.RowOf(team));
        await using var db = visit.OpenPlatform();
        db.Add(team);
        await db.SaveChangesAsync(visit.Cancel);
    }

    public static async Task RenameTeamAsync(Visit visit)
    {
        var id = visit.Pick(Tables.Teams);
        await using var db = visit.OpenPlatform();

        if (await db.Teams.SingleOrDefaultAsync(team => team.Id == id, visit.Cancel) is { } team)
        {
            team.Name = visit.Mine.NextText();
            visit.After = visit.After.SetItem(id, Visit.RowOf(team));
            await db.SaveChangesAsync(visit.Cancel);
        }
    }

    public static async Task LeaveUnsavedAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        visit.SeeAll(await db.Todos.ToListAsync(visit.Cancel));

        foreach (var todo in db.Todos.Local)
            todo.Title = "never saved";

        db.Add(visit.NewTodo(visit.Mine));
    }

    private static ImmutableDictionary<Guid, Row> WithPriority(Visit visit, int priority) =>
        visit.After.In(Tables.Todos).Where(row => row.Value.Priority == priority).ToImmutableDictionary();
}
