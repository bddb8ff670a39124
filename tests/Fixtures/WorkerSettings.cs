using System.Globalization;

namespace TenantPlatform.Fixtures;

/// <summary>What one run of the migration worker is told; null = not set at all.</summary>
public sealed record WorkerSettings
{
    public string? AdminConnectionString { get; init; }

    /// <summary>The API's, which the doctor may have instead of the administrator's.</summary>
    public string? AppConnectionString { get; init; }

    public string? OwnerPassword { get; init; }

    public string? AppPassword { get; init; }

    public string? SigningKey { get; init; }

    public int? ConnectTimeoutSeconds { get; init; }

    /// <summary>A verb with its options; none migrates.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The assembly that is run; another one is a worker with something replaced.</summary>
    public string Program { get; init; } = "MigrationWorker";

    /// <summary>Further environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    internal IEnumerable<KeyValuePair<string, string?>> Environment =>
    [
        new("ConnectionStrings__tenantplatform-admin", AdminConnectionString),
        new("ConnectionStrings__tenantplatform", AppConnectionString),
        new("Database__OwnerPassword", OwnerPassword),
        new("Database__AppPassword", AppPassword),
        new("Database__ConnectTimeoutSeconds", ConnectTimeoutSeconds?.ToString(CultureInfo.InvariantCulture)),
        new("Tenancy__SigningKey", SigningKey),
        .. Variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)),
    ];
}
