namespace TenantPlatform.Data.Audit;

/// <summary>One measurement. Never changed.</summary>
public sealed class SystemMetric : ICreated
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for what was measured of the installation as a whole.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>Dotted, as in OpenTelemetry: http.server.request.duration.</summary>
    public required string Name { get; init; }

    public double Value { get; init; }

    /// <summary>UCUM, such as s, By or {request}.</summary>
    public string? Unit { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset Created { get; set; }
}
