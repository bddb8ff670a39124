using Microsoft.Extensions.DependencyInjection;

namespace TenantPlatform.LeakLab.Database;

/// <summary>The database under attack, as its roles reach it.</summary>
/// <param name="App">The API's connection string, of the role that policies bind.</param>
public sealed record LabTarget(string App)
{
    /// <summary>Without it only attacks remain that need no signature.</summary>
    public string? SigningKey { get; init; }

    /// <summary>The id of another key that the database accepts, as while keys are rotated.</summary>
    public string? OtherKeyId { get; init; }

    /// <summary>
    /// Of a role that policies do not bind, such as a superuser: proves statements that the API may never run, watches the victim's
    /// rows and shows what the query filter does alone. Null to attack a deployment from outside, with everything rolled back.
    /// </summary>
    public string? Unbound { get; init; }

    /// <summary>The API's connection string through a pooler in transaction mode.</summary>
    public string? Pooler { get; init; }

    /// <summary>Why there is no <see cref="Pooler"/>.</summary>
    public string NoPooler { get; init; } = "No connection string of a pooler was given.";

    /// <summary>What becomes of the application's registrations; for tests that break it on purpose.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    public bool IsReadOnly => Unbound is null;
}
