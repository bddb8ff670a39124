using Npgsql;

namespace TenantPlatform.ApiService.Problems;

internal static class DatabaseFailure
{
    /// <summary>The server cannot be reached or is going away; EF wraps such an exception in one or two others.</summary>
    public static bool IsUnavailable(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException { IsTransient: true } and not PostgresException || cause is PostgresException server && IsGoingAway(server))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGoingAway(PostgresException exception) => exception.SqlState is
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        or PostgresErrorCodes.TooManyConnections;
}
