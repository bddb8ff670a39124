using Npgsql;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>Transactions of a mover that met somebody else's: a row that ours refers to was deleted meanwhile, or locks crossed.</summary>
internal static class Conflicts
{
    private const int Attempts = 5;

    public static bool IsOne(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.SerializationFailure;

    public static async Task RetryAsync(Func<CancellationToken, Task> work, MoverSession session, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await session.InTransactionAsync(work, cancellationToken);
                return;
            }
            catch (PostgresException e) when (attempt < Attempts && IsOne(e))
            {
                await Task.Delay(Random.Shared.Next(20, 100) * attempt, cancellationToken);
            }
        }
    }
}
