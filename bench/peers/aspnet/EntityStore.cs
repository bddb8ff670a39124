using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace TenantPlatform.AspNetPeer;

/// <summary>EF Core as fast as it gets without giving up entities: compiled query, pooled context.</summary>
internal sealed class EntityStore(NpgsqlDataSource dataSource) : ITodoStore
{
    private static readonly Func<TodoContext, Guid, IAsyncEnumerable<TodoAnswer>> Newest = EF.CompileAsyncQuery((TodoContext db, Guid tenantId) =>
        db.Todos.Where(todo => todo.TenantId == tenantId && todo.Deleted == null)
            .OrderByDescending(todo => todo.Created).ThenByDescending(todo => todo.Id)
            .Take(21)
            .Select(todo => new TodoAnswer(
                todo.Id, todo.Title, todo.Description, todo.Completed, todo.Priority, todo.DueDate,
                todo.CreatedBy, todo.AssignedTo, todo.Version, todo.Created, todo.Updated)));

    private readonly PooledDbContextFactory<TodoContext> contexts = new(new DbContextOptionsBuilder<TodoContext>().UseNpgsql(dataSource).Options);

    public async Task<TodoPage> ListAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateDbContext();
        var rows = new List<TodoAnswer>(TodoPage.Size + 1);

        await foreach (var row in Newest(db, tenantId).WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return TodoPage.Of(rows);
    }

    public async Task<TodoAnswer> AddAsync(Membership member, NewTodo todo, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateDbContext();
        var now = DateTime.UtcNow;
        var row = new TodoRow
        {
            TenantId = member.TenantId,
            Id = Guid.CreateVersion7(),
            Title = todo.Title!,
            Description = todo.Description,
            Completed = todo.Completed,
            Priority = todo.Priority,
            DueDate = todo.DueDate,
            CreatedBy = member.UserId,
            AssignedTo = todo.AssignedTo,
            Version = 1,
            Created = now,
            Updated = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);

        return new TodoAnswer(
            row.Id, row.Title, row.Description, row.Completed, row.Priority, row.DueDate,
            row.CreatedBy, row.AssignedTo, row.Version, row.Created, row.Updated);
    }
}
