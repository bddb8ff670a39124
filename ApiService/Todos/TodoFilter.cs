using System.ComponentModel.DataAnnotations;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.ApiService.Todos;

public sealed record TodoFilter
{
    private static readonly TodoFilter Everything = new();

    public bool? Completed { get; init; }

    [Range(1, 5)]
    public int? Priority { get; init; }

    public Guid? AssignedTo { get; init; }

    public Guid? CreatedBy { get; init; }

    public DateTime? DueBefore { get; init; }

    // The framework converts a time with an offset to UTC; one without counts as UTC.
    private DateTimeOffset? DueBeforeUtc => DueBefore is { } due ? new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)) : null;

    internal bool IsEmpty => this == Everything;

    internal IQueryable<Todo> ApplyTo(IQueryable<Todo> todos)
    {
        if (Completed is { } completed) todos = todos.Where(todo => todo.Completed == completed);
        if (Priority is { } priority) todos = todos.Where(todo => todo.Priority == priority);
        if (AssignedTo is { } assignee) todos = todos.Where(todo => todo.AssignedTo == assignee);
        if (CreatedBy is { } creator) todos = todos.Where(todo => todo.CreatedBy == creator);
        if (DueBeforeUtc is { } due) todos = todos.Where(todo => todo.DueDate < due);
        return todos;
    }

    /// <summary>Names the list that this filter makes of a tenant's todos, for its cursors.</summary>
    internal string ListOf(Guid tenantId) => $"todos of {tenantId}|{Completed}|{Priority}|{AssignedTo}|{CreatedBy}|{DueBeforeUtc:O}";
}
