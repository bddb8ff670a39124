using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

/// <summary>Carries the service collection; WithTracing, WithMetrics and the like are extensions of the SDK package.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    public IServiceCollection Services { get; }
}
