using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.AspNetPeer;

internal sealed class TodoContext(DbContextOptions<TodoContext> options) : DbContext(options)
{
    public DbSet<TodoRow> Todos => Set<TodoRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<TodoRow>(todo =>
    {
        todo.ToTable("todos", "pooled");
        todo.HasKey(row => new { row.TenantId, row.Id });
        todo.Property(row => row.TenantId).HasColumnName("tenant_id");
        todo.Property(row => row.Id).HasColumnName("id");
        todo.Property(row => row.Title).HasColumnName("title");
        todo.Property(row => row.Description).HasColumnName("description");
        todo.Property(row => row.Completed).HasColumnName("completed");
        todo.Property(row => row.Priority).HasColumnName("priority");
        todo.Property(row => row.DueDate).HasColumnName("due_date");
        todo.Property(row => row.CreatedBy).HasColumnName("created_by");
        todo.Property(row => row.AssignedTo).HasColumnName("assigned_to");
        todo.Property(row => row.Version).HasColumnName("version");
        todo.Property(row => row.Created).HasColumnName("created");
        todo.Property(row => row.Updated).HasColumnName("updated");
        todo.Property(row => row.Deleted).HasColumnName("deleted");
    });
}

internal sealed class TodoRow
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public bool Completed { get; init; }

    public int Priority { get; init; }

    public DateTime? DueDate { get; init; }

    public Guid CreatedBy { get; init; }

    public Guid? AssignedTo { get; init; }

    public int Version { get; init; }

    public DateTime Created { get; init; }

    public DateTime Updated { get; init; }

    public DateTime? Deleted { get; init; }
}
