using Npgsql;
using TenantPlatform.MigrationWorker.Apply;
using TenantPlatform.MigrationWorker.Tenants;

namespace TenantPlatform.MigrationWorker.Verbs.Apply;

/// <summary>canary: names the tenants that meet a migration before all others.</summary>
internal static class CanaryVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, string name, bool on, bool json, CancellationToken cancellationToken)
    {
        await using var owner = await services.GetRequiredService<Roles>().OpenOwnerAsync(cancellationToken);

        if (await TenantReference.FindAsync(owner, name, cancellationToken) is not { } tenant)
        {
            await Console.Error.WriteLineAsync(TenantReference.Unknown(name));
            return ApplyOutcome.Failure;
        }

        await using var update = new NpgsqlCommand("update platform.tenant_schemas set canary = $2, updated = now() where tenant_id = $1", owner)
        {
            Parameters = { new() { Value = tenant.Id }, new() { Value = on } },
        };

        if (await update.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            await Console.Error.WriteLineAsync($"Tenant {tenant.Slug} has no schema of its own, so it is migrated with all others in pooled.");
            return ApplyOutcome.Failure;
        }

        if (json)
        {
            Json.Write(new { tenant.Id, tenant.Key, tenant.Slug, canary = on });
        }
        else
        {
            Console.WriteLine(on ? $"Tenant {tenant.Slug} is migrated before the others from now on." : $"Tenant {tenant.Slug} is no canary any more.");
        }

        return ApplyOutcome.Success;
    }
}
