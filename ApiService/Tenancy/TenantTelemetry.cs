using Microsoft.AspNetCore.Http.Features;

namespace TenantPlatform.ApiService.Tenancy;

internal static class TenantTelemetry
{
    private const string TenantId = "tenant.id";

    /// <summary>Puts the tenant on the request's span and its log lines. Never on a metric: there are too many tenants.</summary>
    public static void UseTenantTelemetry(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TenantTelemetry).FullName!);

        app.Use(async (context, next) =>
        {
            if (context.RequestServices.GetRequiredService<CurrentTenant>().Id is not { } tenantId)
            {
                await next(context);
                return;
            }

            context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag(TenantId, tenantId.ToString());
            using (logger.BeginScope(new Dictionary<string, object> { [TenantId] = tenantId }))
            {
                await next(context);
            }
        });
    }
}
