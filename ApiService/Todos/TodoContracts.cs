using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.ApiService.Todos;

public sealed class CreateTodoRequest
{
    [Required, StringLength(500)]
    public string Title { get; set; } = "";

    [StringLength(10_000)]
    public string? Description { get; set; }

    public bool Completed { get; set; }

    [Range(1, 5)]
    public int Priority { get; set; } = 3;

    public DateTimeOffset? DueDate { get; set; }

    public Guid? AssignedTo { get; set; }

    internal Todo ToTodo(Guid tenantId, Guid createdBy) => new()
    {
        TenantId = tenantId,
        Title = Title,
        Description = Description,
        Completed = Completed,
        Priority = Priority,
        DueDate = DueDate,
        AssignedTo = AssignedTo,
        CreatedBy = createdBy,
    };
}

public sealed class CreateTodosRequest : IValidatableObject
{
    internal const int MaximumBytes = 8 * 1024 * 1024;

    [Required, Length(1, 500)]
    public IReadOnlyList<CreateTodoRequest> Todos { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from entry in Todos.Index()
        where entry.Item is null
        select new ValidationResult("A todo is missing.", [$"{nameof(Todos)}[{entry.Index}]"]);
}

public sealed class UpdateTodoRequest
{
    [Required, StringLength(500)]
    public string Title { get; set; } = "";

    [StringLength(10_000)]
    public string? Description { get; set; }

    [Required]
    public bool? Completed { get; set; }

    [Required, Range(1, 5)]
    public int? Priority { get; set; }

    public DateTimeOffset? DueDate { get; set; }

    public Guid? AssignedTo { get; set; }

    internal void ApplyTo(Todo todo)
    {
        todo.Title = Title;
        todo.Description = Description;
        todo.Completed = Completed!.Value;
        todo.Priority = Priority!.Value;
        todo.DueDate = DueDate;
        todo.AssignedTo = AssignedTo;
    }
}

internal sealed record TodoResponse(
    Guid Id, string Title, string? Description, bool Completed, int Priority, DateTimeOffset? DueDate,
    Guid CreatedBy, Guid? AssignedTo, int Version, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly Expression<Func<Todo, TodoResponse>> FromTodo = todo => new TodoResponse(
        todo.Id, todo.Title, todo.Description, todo.Completed, todo.Priority, todo.DueDate,
        todo.CreatedBy, todo.AssignedTo, todo.Version, todo.Created, todo.Updated);

    private static readonly Func<Todo, TodoResponse> Compiled = FromTodo.Compile();

    public static TodoResponse From(Todo todo) => Compiled(todo);
}

internal sealed record CreatedTodosResponse(IReadOnlyList<TodoResponse> Items);
