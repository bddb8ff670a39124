using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Todos;

public sealed class Todo : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Title { get; set; }

    public string? Description { get; set; }

    public bool Completed { get; set; }

    /// <summary>1 is the most urgent, 5 the least.</summary>
    public int Priority { get; set; } = 3;

    public DateTimeOffset? DueDate { get; set; }

    public Guid CreatedBy { get; init; }

    public Guid? AssignedTo { get; set; }

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
