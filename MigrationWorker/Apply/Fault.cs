using Npgsql;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>Whose fault it is that a migration failed.</summary>
internal enum Fault
{
    /// <summary>Something in this schema: it is put in quarantine, and others go on.</summary>
    Schema,

    /// <summary>Somebody held a lock: to be tried again.</summary>
    Busy,

    /// <summary>The server cannot go on for anybody: the run ends, and no schema is to blame.</summary>
    Server,
}

internal static class Faults
{
    public static Fault Judge(Exception exception) => exception switch
    {
        PostgresException e => Judge(e.SqlState),
        // The connection was lost, or the server did not answer.
        NpgsqlException or TimeoutException or IOException => Fault.Server,
        _ => Fault.Schema,
    };

    private static Fault Judge(string state) => state switch
    {
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Fault.Busy,
        // What a client or a timeout cancelled belongs to one statement, though its code is of the operator's class.
        PostgresErrorCodes.QueryCanceled => Fault.Schema,
        PostgresErrorCodes.ReadOnlySqlTransaction => Fault.Server,
        // Connections, resources of the server, its operator, its files, its catalog.
        ['0', '8', ..] or ['2', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] or ['X', 'X', ..] => Fault.Server,
        _ => Fault.Schema,
    };
}
