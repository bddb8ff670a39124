using System.Text.Json;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Audit;

/// <summary>Who did what to which row of the tenant. tp_app can add such rows, and neither change nor delete them.</summary>
public sealed class AuditLog : ITenantOwned, ICreated
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string ActorType { get; init; }

    /// <summary>The user; no foreign key, because the row outlives the membership, and a platform admin has none. Null for the system.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Resource and verb, such as todo.updated.</summary>
    public required string Action { get; init; }

    public required string ResourceType { get; init; }

    /// <summary>Text, as some resources have keys instead of uuids.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The fields that changed, as they were; null when the resource is new.</summary>
    public IReadOnlyDictionary<string, JsonElement>? OldValues { get; init; }

    /// <summary>The same fields, as they are now; null when the resource is gone.</summary>
    public IReadOnlyDictionary<string, JsonElement>? NewValues { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The W3C trace id of the request.</summary>
    public string? TraceId { get; init; }

    public DateTimeOffset Created { get; set; }
}

public static class ActorType
{
    public const string Member = "member";
    public const string Platform = "platform";
    public const string System = "system";
}
