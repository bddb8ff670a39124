using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.ApiService.Todos;

internal static class TodoEndpoints
{
    // What is looked at most often: EF translates it once, and with a constant limit PostgreSQL plans it once.
    private static readonly Func<TenantDbContext, IAsyncEnumerable<TodoResponse>> NewestTodos = EF.CompileAsyncQuery((TenantDbContext db) => db.Todos
        .OrderByDescending(todo => todo.Created).ThenByDescending(todo => todo.Id)
        .Take(PageRequest.DefaultLimit + 1)
        .Select(TodoResponse.FromTodo));

    public static RouteGroupBuilder MapTodos(this IEndpointRouteBuilder routes)
    {
        var todos = routes.MapGroup("/tenants/{tenant}/todos").WithTags("Todos")
            .RequireRateLimiting(TenantRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        todos.MapGet("/", ListTodos).RequirePermission("todos:read").WithName(nameof(ListTodos));
        todos.MapGet("/{id:guid}", GetTodo).RequirePermission("todos:read").WithName(nameof(GetTodo));
        todos.MapPost("/", CreateTodo).RequirePermission("todos:write").WithName(nameof(CreateTodo));
        todos.MapPost("/bulk", CreateTodos).RequirePermission("todos:write").WithName(nameof(CreateTodos))
            .WithMetadata(new RequestSizeLimitAttribute(CreateTodosRequest.MaximumBytes));
        todos.MapPut("/{id:guid}", UpdateTodo).RequirePermission("todos:write").WithName(nameof(UpdateTodo)).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription("Replaces the whole todo: what the request leaves out is cleared. With If-Match, only while nobody else has changed it.");
        todos.MapDelete("/{id:guid}", DeleteTodo).RequirePermission("todos:write").WithName(nameof(DeleteTodo)).ProducesProblem(StatusCodes.Status412PreconditionFailed);

        return todos;
    }

    private static async Task<Results<Ok<Page<TodoResponse>>, ProblemHttpResult>> ListTodos(
        [AsParameters] TodoFilter filter, [AsParameters] PageRequest page, TenantDbContext db, CursorCodec cursors,
        CancellationToken cancellationToken)
    {
        var list = filter.ListOf(db.TenantId);

        if (!cursors.TryRead(page, list, out var cursor))
        {
            return ProblemType.InvalidCursor.Result("Start again without a cursor, and keep the filters while following cursors.");
        }

        var rows = cursor is null && filter.IsEmpty && page.Size == PageRequest.DefaultLimit
            ? await NewestTodos(db).ToListAsync(cancellationToken)
            : await After(filter.ApplyTo(db.Todos), cursor)
                .OrderByDescending(todo => todo.Created).ThenByDescending(todo => todo.Id)
                .Take(page.Size + 1)
                .Select(TodoResponse.FromTodo)
                .ToListAsync(cancellationToken);

        return TypedResults.Ok(cursors.PageOf(rows, page, list, todo => new PageCursor(todo.Created, todo.Id)));
    }

    private static IQueryable<Todo> After(IQueryable<Todo> todos, PageCursor? cursor) => cursor is { } after
        ? todos.Where(todo => EF.Functions.LessThan(ValueTuple.Create(todo.Created, todo.Id), ValueTuple.Create(after.Created, after.Id)))
        : todos;

    private static async Task<Results<Ok<TodoResponse>, NotFound>> GetTodo(
        Guid id, TenantDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var todo = await db.Todos.Where(todo => todo.Id == id).Select(TodoResponse.FromTodo).SingleOrDefaultAsync(cancellationToken);

        if (todo is null)
        {
            return TypedResults.NotFound();
        }

        response.SetETag(todo.Version);
        return TypedResults.Ok(todo);
    }

    private static async Task<Created<TodoResponse>> CreateTodo(
        string tenant, CreateTodoRequest request, ClaimsPrincipal user, TenantDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var todo = request.ToTodo(db.TenantId, user.GetUserId());
        db.Todos.Add(todo);
        await db.SaveChangesAsync(cancellationToken);

        response.SetETag(todo.Version);
        return TypedResults.Created($"/tenants/{tenant}/todos/{todo.Id}", TodoResponse.From(todo));
    }

    private static async Task<Results<Created<CreatedTodosResponse>, ValidationProblem>> CreateTodos(
        CreateTodosRequest request, ClaimsPrincipal user, TenantDbContext db, CancellationToken cancellationToken)
    {
        var todos = request.Todos.Select(todo => todo.ToTodo(db.TenantId, user.GetUserId())).ToList();
        db.Todos.AddRange(todos);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.Of(e) is { Field: "assignedTo" } violation)
        {
            return TypedResults.ValidationProblem(await ErrorsOfStrangersAsync(todos, violation, db, cancellationToken));
        }

        return TypedResults.Created((string?)null, new CreatedTodosResponse([.. todos.Select(TodoResponse.From)]));
    }

    // Asked only after the database has refused the todos: it does not say which of them was at fault.
    private static async Task<Dictionary<string, string[]>> ErrorsOfStrangersAsync(
        List<Todo> todos, ConstraintMessage violation, TenantDbContext db, CancellationToken cancellationToken)
    {
        var assignees = todos.Select(todo => todo.AssignedTo).OfType<Guid>().Distinct().ToList();
        var members = await db.Set<TenantUser>()
            .Where(member => member.TenantId == db.TenantId && assignees.Contains(member.UserId))
            .Select(member => member.UserId)
            .ToListAsync(cancellationToken);

        return todos.Index()
            .Where(entry => entry.Item.AssignedTo is { } assignee && !members.Contains(assignee))
            .ToDictionary(entry => $"{nameof(CreateTodosRequest.Todos)}[{entry.Index}].{violation.Field}", _ => new[] { violation.Message });
    }

    private static async Task<Results<Ok<TodoResponse>, NotFound, ProblemHttpResult>> UpdateTodo(
        Guid id, UpdateTodoRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, TenantDbContext db, HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (await db.Todos.SingleOrDefaultAsync(todo => todo.Id == id, cancellationToken) is not { } todo)
        {
            return TypedResults.NotFound();
        }

        if (!todo.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        request.ApplyTo(todo);

        if (!await TrySaveAsync(db, cancellationToken))
        {
            return Conflict(ifMatch);
        }

        response.SetETag(todo.Version);
        return TypedResults.Ok(TodoResponse.From(todo));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteTodo(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, TenantDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Todos.SingleOrDefaultAsync(todo => todo.Id == id, cancellationToken) is not { } todo)
        {
            return TypedResults.NotFound();
        }

        if (!todo.IsMatchedBy(ifMatch))
        {
            return ProblemType.StaleVersion.Result();
        }

        todo.Deleted = time.GetUtcNow();

        return await TrySaveAsync(db, cancellationToken) ? TypedResults.NoContent() : Conflict(ifMatch);
    }

    private static async Task<bool> TrySaveAsync(TenantDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    // Who sent no If-Match made no condition that could have failed.
    private static ProblemHttpResult Conflict(string? ifMatch) =>
        (ifMatch is null ? ProblemType.ConcurrentChange : ProblemType.StaleVersion)
            .Result("Read it again, and repeat the change if it still makes sense.");
}
