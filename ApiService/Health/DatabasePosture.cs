using System.Collections.Concurrent;
using Npgsql;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.ApiService.Health;

/// <summary>The posture gate: what it found last counts for ten seconds, however often strangers ask for /health.</summary>
internal sealed class DatabasePosture(TimeProvider time, ILogger<DatabasePosture> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> warned = [];

    private DateTimeOffset knownUntil;
    private string? problem;

    /// <exception cref="InvalidOperationException">The database does not isolate tenants; the message names every error finding.</exception>
    public async Task RequireAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() >= knownUntil)
        {
            problem = await FindProblemAsync(connection, cancellationToken);
            knownUntil = time.GetUtcNow() + Lifetime;
        }

        if (problem is not null)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private async Task<string?> FindProblemAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var report = await PostureCheck.RunForServiceAsync(connection, PostureCheck.UsualSample, cancellationToken);
        var errors = report.Findings.Where(finding => finding.Severity is PostureSeverity.Error).ToList();

        // Once each, not with every question for /health.
        foreach (var finding in report.Findings.Except(errors).Where(finding => warned.TryAdd(finding.ToString(), true)))
        {
            logger.LogWarning("Isolation could be stronger: {Finding}", finding);
        }

        return errors.Count == 0 ? null : "The database does not isolate tenants:\n" + string.Join('\n', errors);
    }
}
