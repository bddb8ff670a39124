using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>The connection on which a unit of work of the victim has just ended, well or badly, taken from the pool as it is.</summary>
/// <param name="work">The victim's unit of work.</param>
internal sealed class DirtyConnectionAttack(string name, Func<Bench, TenancyDbContext, int, CancellationToken, Task> work) : Attack(name)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        var backend = await ProcessIdAsync(bench, cancellationToken);
        await using (var victim = Bench.Open(bench.App, subject.Guarded, subject.VictimContext))
            await work(bench, victim, backend, cancellationToken);

        await using var connection = await bench.App.DataSource.OpenConnectionAsync(cancellationToken);
        if (connection.ProcessID != backend)
            return new Verdict.Void("the pool gave another connection, so nothing was reused");

        var verdicts = new List<Verdict>();
        foreach (var entry in Entries(bench, subject))
            verdicts.Add((await bench.Statements.RunAsync(connection, entry, subject, action, cancellationToken)).Judge(subject, action, entry.Context is not null));

        return verdicts.Worst();
    }

    /// <summary>One command and one transaction, both as they should be.</summary>
    public static async Task SucceedAsync(Bench bench, TenancyDbContext victim, int backend, CancellationToken cancellationToken)
    {
        await using var transaction = await victim.Database.BeginTransactionAsync(cancellationToken);
        await victim.Database.ExecuteSqlRawAsync("select 1", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await victim.Database.ExecuteSqlRawAsync("select 1", cancellationToken);
    }

    /// <summary>One error in a batch, one in a transaction that nobody ends.</summary>
    public static async Task FailAsync(Bench bench, TenancyDbContext victim, int backend, CancellationToken cancellationToken)
    {
        await RequireErrorAsync(victim, cancellationToken);
        await victim.Database.BeginTransactionAsync(cancellationToken);
        await RequireErrorAsync(victim, cancellationToken);
    }

    /// <summary>The victim's command waits for a lock that another session holds, and is cancelled while it waits.</summary>
    public static async Task CancelAsync(Bench bench, TenancyDbContext victim, int backend, CancellationToken cancellationToken)
    {
        var key = Random.Shared.NextInt64();
        await using var holder = await bench.Watcher.OpenConnectionAsync(cancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(cancellationToken);
        await using (var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({key})", holder))
            await hold.ExecuteNonQueryAsync(cancellationToken);

        await CancelAsync(victim, key, () => IsWaitingAsync(holder, backend, cancellationToken), cancellationToken);
    }

    private static async Task CancelAsync(TenancyDbContext victim, long key, Func<Task<bool>> isWaiting, CancellationToken cancellationToken)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var query = victim.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({key})", cancelled.Token);
        while (!query.IsCompleted && !await isWaiting())
            await Task.Delay(Glance, cancellationToken);

        await cancelled.CancelAsync();
        try
        {
            await query;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        throw new InvalidOperationException("A query that was to be cancelled came to its end.");
    }

    private static IEnumerable<Entry> Entries(Bench bench, Subject subject) =>
        [Entry.None, .. bench.Mint is { } mint ? [new Entry(mint.Mint(subject.AttackersOwn[0]))] : Array.Empty<Entry>()];

    private static async Task<int> ProcessIdAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var connection = await bench.App.DataSource.OpenConnectionAsync(cancellationToken);
        return connection.ProcessID;
    }

    private static async Task RequireErrorAsync(TenancyDbContext victim, CancellationToken cancellationToken)
    {
        try
        {
            await victim.Database.ExecuteSqlRawAsync("select 1 / 0", cancellationToken);
        }
        catch (PostgresException)
        {
            return;
        }

        throw new InvalidOperationException("A statement that was to fail did not.");
    }

    private static async Task<bool> IsWaitingAsync(NpgsqlConnection connection, int backend, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand($"select exists (select from pg_locks where pid = {backend} and not granted)", connection);
        return await look.ExecuteScalarAsync(cancellationToken) is true;
    }
}
