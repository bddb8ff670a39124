namespace TenantPlatform.Data.Audit;

/// <summary>What the platform's staff did outside any one tenant. tp_app can add such rows, and neither change nor delete them.</summary>
public sealed class PlatformAuditLog : ICreated
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>No foreign key: the row outlives the person's account.</summary>
    public Guid ActorId { get; init; }

    /// <summary>Resource and verb, such as user.banned.</summary>
    public required string Action { get; init; }

    public required string ResourceType { get; init; }

    public required string ResourceId { get; init; }

    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The W3C trace id of the request.</summary>
    public string? TraceId { get; init; }

    public DateTimeOffset Created { get; set; }
}
