using System.Text.Json;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Reporting;

/// <summary>What an endpoint of the source system answered, word for word. Never changed.</summary>
public sealed class CtRawSnapshot : ITenantOwned, ICreated
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid SyncRunId { get; init; }

    /// <summary>Path at the source system, with its leading slash.</summary>
    public required string Endpoint { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public int StatusCode { get; init; } = 200;

    public required JsonElement Payload { get; init; }

    public DateTimeOffset Created { get; set; }

    public SyncRun SyncRun { get; init; } = null!;
}
