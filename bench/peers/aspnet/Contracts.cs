using System.Text.Json;
using System.Text.Json.Serialization;

namespace TenantPlatform.AspNetPeer;

internal sealed record NewTodo(
    string? Title, string? Description = null, bool Completed = false, int Priority = 3, DateTime? DueDate = null, Guid? AssignedTo = null);

internal sealed record TodoAnswer(
    Guid Id, string Title, string? Description, bool Completed, int Priority, DateTime? DueDate,
    Guid CreatedBy, Guid? AssignedTo, int Version, DateTime Created, DateTime Updated);

internal sealed record TodoPage(List<TodoAnswer> Items, string? NextCursor)
{
    public const int Size = 20;

    /// <param name="rows">One more than the page when there is a next one.</param>
    public static TodoPage Of(List<TodoAnswer> rows)
    {
        if (rows.Count <= Size)
        {
            return new TodoPage(rows, null);
        }

        rows.RemoveRange(Size, rows.Count - Size);
        return new TodoPage(rows, Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(rows[^1].Id, PeerJson.Default.Guid)));
    }
}

internal sealed record Membership(Guid TenantId, Guid UserId);

internal interface ITodoStore
{
    Task<TodoPage> ListAsync(Guid tenantId, CancellationToken cancellationToken);

    Task<TodoAnswer> AddAsync(Membership member, NewTodo todo, CancellationToken cancellationToken);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewTodo))]
[JsonSerializable(typeof(TodoPage))]
[JsonSerializable(typeof(Guid))]
internal sealed partial class PeerJson : JsonSerializerContext;
