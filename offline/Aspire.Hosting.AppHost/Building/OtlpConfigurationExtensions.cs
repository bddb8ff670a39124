using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Sends a resource's telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    private static readonly (string Name, string Value)[] DevelopmentVariables =
    [
        ("OTEL_BLRP_SCHEDULE_DELAY", "1000"),
        ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
        ("OTEL_TRACES_SAMPLER", "always_on"),
        ("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"),
        ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true"),
    ];

    /// <summary>Sets the OpenTelemetry variables; projects have them without being told.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        var application = builder.ApplicationBuilder;
        return builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
                return;

            var variables = context.EnvironmentVariables;
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = application.Configuration.OtlpUrl();
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            variables["OTEL_RESOURCE_ATTRIBUTES"] = InstanceSuffix.Attribute;
            variables["OTEL_SERVICE_NAME"] = builder.Resource.Name;
            if (application.Configuration[AppHostSettings.OtlpApiKey] is { } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (application.Environment.IsDevelopment())
                foreach (var (name, value) in DevelopmentVariables)
                    variables[name] = value;
        });
    }
}
