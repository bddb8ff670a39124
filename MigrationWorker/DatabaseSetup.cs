using System.Diagnostics;
using Npgsql;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.MigrationWorker.Keys;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker;

/// <summary>Brings a database to what this build expects and proves it. Every step is repeatable, so a run that died is simply run again.</summary>
internal sealed class DatabaseSetup(
    ServerAdministration server, Roles roles, Migrator migrator, SchemaCheck schema, SigningKeys keys, TenantPlaneSteps steps,
    ILogger<DatabaseSetup> logger)
{
    public const string ActivitySourceName = "TenantPlatform.MigrationWorker";

    internal static readonly ActivitySource Activities = new(ActivitySourceName);

    /// <param name="verify">Whether to prove the result; those who write down what is expected cannot.</param>
    /// <exception cref="InvalidOperationException">The server is not usable, or the result is not isolated; the message says what and why.</exception>
    public async Task RunAsync(bool verify, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();

        await using var admin = await server.ConnectAsync(cancellationToken);
        await WorkerLock.TakeAsync(admin, logger, cancellationToken);
        await StepAsync("roles", () => ApplyRolesAsync(admin, cancellationToken));

        await using var owner = await roles.OpenOwnerAsync(cancellationToken);
        await StepAsync("tenancy functions", () => SqlScript.RunAsync(owner, "020-tenancy", cancellationToken));
        await StepAsync("signing key", () => keys.InstallAsync(owner, cancellationToken));
        await StepAsync("control plane", () => migrator.ApplyPlatformAsync(cancellationToken));
        await StepAsync("pooled tenant plane", () => migrator.ApplyPooledAsync(cancellationToken));
        await StepAsync("grants", () => SqlScript.RunAsync(owner, SchemaCheck.Grants, cancellationToken));
        await StepAsync("statistics", () => SqlScript.RunAsync(owner, "035-statistics", cancellationToken));
        await StepAsync("own schemas' grants and statistics", () => SchemaRenewal.RunAsync(owner, steps.Latest, cancellationToken));
        await StepAsync("reference data", () => SqlScript.RunAsync(owner, "040-reference-data", cancellationToken));

        if (verify)
        {
            await StepAsync("verify", () => VerifyAsync(owner, cancellationToken));
        }

        logger.LogInformation("Database is ready: migrated and isolated in {Milliseconds:0} ms", Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task StepAsync(string name, Func<Task> step)
    {
        using var activity = Activities.StartActivity(name);
        try
        {
            await step();
            logger.LogInformation("Done: {Step}", name);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            logger.LogError("Failed: {Step}: {Reason}", name, exception.Message);
            throw;
        }
    }

    // Roles belong to the whole server, where a worker of another database may be making them at this moment.
    private async Task ApplyRolesAsync(NpgsqlConnection admin, CancellationToken cancellationToken)
    {
        await using var meetingPlace = await server.ConnectToMaintenanceAsync(cancellationToken);
        await WorkerLock.TakeAsync(meetingPlace, logger, cancellationToken);
        await roles.ApplyAsync(admin, cancellationToken);
    }

    private async Task VerifyAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        // A schema that still waits for this release's migrations may rightly differ from it.
        await using var behind = new NpgsqlCommand("select exists (select from platform.tenant_schemas where applied_migration <> $1)", owner)
        {
            Parameters = { new() { Value = steps.Latest } },
        };
        var sample = await behind.ExecuteScalarAsync(cancellationToken) is true ? 0 : PostureCheck.UsualSample;
        var problems = await schema.FindProblemsAsync(owner, sample, cancellationToken);

        if (problems.Count > 0)
        {
            throw new InvalidOperationException("The database is not what this build expects:\n" + string.Join('\n', problems));
        }
    }
}
