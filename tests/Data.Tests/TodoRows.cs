using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Data.Tests;

internal static class TodoRows
{
    public static async Task<Todo> AddTodoAsync(this DatabaseFixture database, TestTenant tenant, string title = "secret")
    {
        await using var db = database.Tenants.Open(tenant.Context);
        var todo = new Todo { TenantId = tenant.Id, Title = title, CreatedBy = tenant.OwnerId };
        db.Add(todo);
        await db.SaveChangesAsync(Cancel);
        return todo;
    }
}
