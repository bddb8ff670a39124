using Npgsql;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Whose failure it is: one tenant's, which keeps none of the others waiting, or the server's, about which no tenant can do anything.</summary>
internal static class ProvisioningFailure
{
    // Connection exceptions, insufficient resources (such as a full disk), operator intervention, system errors, internal errors.
    private static readonly string[] ServerClasses = ["08", "53", "57", "58", "XX"];

    public static bool IsOfTenant(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => false,
        PostgresException postgres => !ServerClasses.Contains(postgres.SqlState[..2]),
        _ => exception is SchemaMismatchException,
    };

    /// <summary>Somebody else had what we needed for longer than we can wait.</summary>
    public static bool IsOfLocks(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Whether it may pass by itself.</summary>
    public static bool IsOfServer(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => true,
        PostgresException postgres => ServerClasses.Contains(postgres.SqlState[..2]),
        _ => exception is NpgsqlException or IOException or TimeoutException,
    };
}

/// <summary>A schema that was just built is not like pooled.</summary>
internal sealed class SchemaMismatchException(IEnumerable<string> differences) : Exception($"The schema does not come out like pooled: {string.Join("; ", differences)}.");
