using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace TenantPlatform.ServiceDefaults;

/// <summary>What every service of the application has in common: telemetry and health.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";

    /// <summary>Logs, traces and metrics over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set, and a liveness check.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.AddTelemetry();
        }

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        return builder;
    }

    /// <summary>/health: ready to serve (all checks); /alive: the process answers. Neither says more than one word or leaves a span.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseRequestSpans(HealthPath, AlivePath);
        app.MapHealthChecks(HealthPath);
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
        return app;
    }

    // Only where somebody receives it: spans are made and filled in for every request and statement, whether or not they go anywhere.
    private static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // ASP.NET Core, HttpClient and Npgsql emit spans and meters themselves; no instrumentation package is needed.
        // ASP.NET Core fills in route, method and status only when this switch is off, which it is not by default.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        // The last flush waits this long for each signal; with the default of 10 s a service would outlive a collector that died.
        builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] ??= "1000";
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "TenantPlatform.*"))
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "TenantPlatform.*"))
            .UseOtlpExporter();
    }
}
