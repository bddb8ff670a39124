using Npgsql;
using TenantPlatform.MigrationWorker.Apply;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// Transactions that lock tables which all tenants share. Whoever comes while we wait for such a lock queues behind us, so we give
/// way soon, undo everything, and try again at another moment.
/// </summary>
internal static class LockRetry
{
    private const int Attempts = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Commits what <paramref name="work"/> does on <paramref name="owner"/>, which must not be in a transaction.</summary>
    /// <exception cref="PostgresException">It failed, or the locks were not to be had in many attempts; nothing of it is left.</exception>
    public static async Task<T> RunAsync<T>(NpgsqlConnection owner, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var pause = FirstPause;

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(owner, work, cancellationToken);
            }
            catch (PostgresException e) when (attempt < Attempts && Faults.Judge(e) is Fault.Busy)
            {
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<T> AttemptAsync<T>(NpgsqlConnection owner, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await owner.BeginAsync(cancellationToken);
        await using (var patience = new NpgsqlCommand("set local lock_timeout = '500ms'", owner))
        {
            await patience.ExecuteNonQueryAsync(cancellationToken);
        }

        var result = await work(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
