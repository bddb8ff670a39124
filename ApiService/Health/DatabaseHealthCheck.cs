using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace TenantPlatform.ApiService.Health;

/// <summary>Healthy while the database answers and still isolates tenants.</summary>
internal sealed class DatabaseHealthCheck(DatabaseReadiness database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.RequireAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is InvalidOperationException or NpgsqlException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
