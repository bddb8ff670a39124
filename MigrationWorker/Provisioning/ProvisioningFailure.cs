using Npgsql;
using TenantPlatform.MigrationWorker.Apply;

namespace TenantPlatform.MigrationWorker.Provisioning;

/// <summary>Whose failure it is: one tenant's, which keeps none of the others waiting, or the server's, about which no tenant can do anything.</summary>
internal static class ProvisioningFailure
{
    public static bool IsOfTenant(Exception exception) => exception is SchemaMismatchException
        or PostgresException { SqlState: not PostgresErrorCodes.InsufficientPrivilege } && Faults.Judge(exception) is not Fault.Server;

    /// <summary>Whether it may pass by itself; a database that does not exist yet may be made.</summary>
    public static bool IsOfServer(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } || Faults.Judge(exception) is Fault.Server;
}

/// <summary>A schema that was just built is not like pooled.</summary>
internal sealed class SchemaMismatchException(IEnumerable<string> differences) : Exception($"The schema does not come out like pooled: {string.Join("; ", differences)}.");
