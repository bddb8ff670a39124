using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Ways to ask. Each must show exactly the tenant's own rows, whatever it asks for.</summary>
internal static class Reads
{
    public static async Task ListAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        visit.SeeAll(await (visit.Number % 2 == 0 ? db.Todos : db.Todos.AsNoTracking()).ToListAsync(visit.Cancel));
    }

    // The synchronous half of EF has interceptors of its own.
    public static Task ListSynchronously(Visit visit)
    {
        using var db = visit.OpenTenant();
        visit.SeeAll(db.Todos.ToList());
        return Task.CompletedTask;
    }

    public static async Task ListWithoutFiltersAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        visit.SeeAll(await db.Todos.IgnoreQueryFilters().AsNoTracking().ToListAsync(visit.Cancel));
    }

    public static async Task ListBySqlAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        visit.SeeAll(await db.Todos.FromSqlRaw("select * from pooled.todos").IgnoreQueryFilters().ToListAsync(visit.Cancel));
    }

    public static async Task GetAsync(Visit visit)
    {
        var id = visit.Pick(Tables.Todos);
        await using var db = visit.OpenTenant();
        var todo = await db.Todos.SingleOrDefaultAsync(todo => todo.Id == id, visit.Cancel);
        visit.Require(id == Guid.Empty || todo is not null, "did not find its own row");
        visit.See(visit.Mine, visit.After, Tables.Todos, todo is null ? [] : [(todo.TenantId, todo.Id, Visit.RowOf(todo))], isComplete: false);
    }

    public static async Task GetForeignAsync(Visit visit)
    {
        var id = visit.Other.Rows.In(Tables.Todos).Keys.FirstOrDefault();
        await using var db = visit.OpenTenant();
        visit.RequireNone(await db.Todos.IgnoreQueryFilters().CountAsync(todo => todo.Id == id, visit.Cancel), "found another tenant's row");
    }

    public static async Task LeaveEarlyAsync(Visit visit)
    {
        await using var db = visit.OpenTenant();
        await foreach (var todo in db.Todos.IgnoreQueryFilters().AsAsyncEnumerable().WithCancellation(visit.Cancel))
        {
            visit.See(visit.Mine, visit.After, Tables.Todos, [(todo.TenantId, todo.Id, Visit.RowOf(todo))], isComplete: false);
            break;
        }
    }

    public static async Task ListTeamsAsync(Visit visit)
    {
        await using var db = visit.OpenPlatform();
        visit.SeeAll(await (visit.Number % 2 == 0 ? db.Teams : db.Teams.IgnoreQueryFilters()).ToListAsync(visit.Cancel));
    }

    public static async Task ListMembersAsync(Visit visit)
    {
        await using var db = visit.OpenPlatform();
        var members = await db.TenantUsers.IgnoreQueryFilters().AsNoTracking().ToListAsync(visit.Cancel);
        visit.RequireNone(members.Count(member => member.TenantId != visit.Mine.Tenant.Id), "saw other tenants' members");
        visit.Require(members.Count == 1, $"saw {members.Count} members instead of its owner");
    }

    public static async Task ListOwnTenantsAsync(Visit visit)
    {
        await using var db = visit.Arena.App.Platform.Open(TenantContext.ForUser(visit.Mine.Tenant.OwnerId));
        var tenants = await db.Tenants.IgnoreQueryFilters().Select(tenant => tenant.Id).ToListAsync(visit.Cancel);
        visit.RequireNone(tenants.Count(id => id != visit.Mine.Tenant.Id), "saw tenants of other users");
        visit.Require(tenants.Count == 1, $"saw {tenants.Count} tenants instead of one");
    }

    public static async Task ReadByNpgsqlAsync(Visit visit)
    {
        await using var connection = await visit.ConnectAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("call tenancy.enter($1)") { Parameters = { new() { Value = visit.Signed } } },
                new("select tenant_id, id, title, priority from todos"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(visit.Cancel);
        var rows = new List<(Guid, Guid, Row)>();

        // Every third time the rest stays unread, and the connection goes back with it.
        while (await reader.ReadAsync(visit.Cancel) && (visit.Number % 3 != 0 || rows.Count == 0))
            rows.Add((reader.GetGuid(0), reader.GetGuid(1), new Row(Tables.Todos, reader.GetString(2), reader.GetInt32(3))));

        visit.See(visit.Mine, visit.After, Tables.Todos, rows, isComplete: visit.Number % 3 != 0);
    }

    public static async Task ReadWithoutContextAsync(Visit visit)
    {
        await using var connection = await visit.ConnectAsync();
        await using var count = new NpgsqlCommand("select (select count(*) from pooled.todos) + (select count(*) from platform.teams)", connection);
        visit.RequireNone((int)(long)(await count.ExecuteScalarAsync(visit.Cancel))!, "saw rows without a context");
    }

    public static async Task ReadWithoutTenantAsync(Visit visit)
    {
        await using var db = visit.Arena.App.Tenants.Open(TenantContext.ForAuthentication);
        visit.RequireNone(await db.Set<Todo>().IgnoreQueryFilters().CountAsync(visit.Cancel), "saw rows without a tenant");
    }
}
