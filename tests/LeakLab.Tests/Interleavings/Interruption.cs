using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Failures that the run itself caused from outside, in the wrappings that EF and Npgsql give them.</summary>
internal static class Interruption
{
    public static PostgresException? ServerError(Exception exception) => Causes(exception).OfType<PostgresException>().FirstOrDefault();

    public static bool IsCancellation(Exception exception) =>
        Causes(exception).Any(cause => cause is OperationCanceledException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled });

    /// <summary>The connection broke; waiting in vain for one from the pool is none of it, because that would be a leak.</summary>
    public static bool IsLostConnection(Exception exception) => Causes(exception).Any(cause => cause
        is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown }
        or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException });

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
