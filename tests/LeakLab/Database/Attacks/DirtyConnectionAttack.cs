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
        await RequireErrorAsync(() => victim.Database.ExecuteSqlRawAsync("select 1 / 0", cancellationToken));
        await victim.Database.BeginTransactionAsync(cancellationToken);
        await RequireErrorAsync(() => victim.Database.ExecuteSqlRawAsync("select 1 / 0", cancellationToken));
    }

    public static async Task CancelAsync(Bench bench, TenancyDbContext victim, int backend, CancellationToken cancellationToken)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var query = victim.Database.ExecuteSqlRawAsync("select pg_sleep(60)", cancelled.Token);
        await UntilAsleepAsync(bench, backend, query, cancellationToken);
        await cancelled.CancelAsync();
        try
        {
            await query;
            throw new InvalidOperationException("A query that was to be cancelled came to its end.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // As it was meant to be.
        }
    }

    private static IEnumerable<Entry> Entries(Bench bench, Subject subject) =>
        [Entry.None, .. bench.Mint is { } mint ? [new Entry(mint.Mint(subject.AttackersOwn[0]))] : Array.Empty<Entry>()];

    private static async Task<int> ProcessIdAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var connection = await bench.App.DataSource.OpenConnectionAsync(cancellationToken);
        return connection.ProcessID;
    }

    private static async Task RequireErrorAsync(Func<Task> statement)
    {
        try
        {
            await statement();
        }
        catch (PostgresException)
        {
            return;
        }

        throw new InvalidOperationException("A statement that was to fail did not.");
    }

    private static async Task UntilAsleepAsync(Bench bench, int backend, Task query, CancellationToken cancellationToken)
    {
        await using var look = bench.Watcher.CreateCommand($"select wait_event from pg_stat_activity where pid = {backend}");
        while (await look.ExecuteScalarAsync(cancellationToken) as string != "PgSleep")
        {
            if (query.IsCompleted)
                await query;

            await Task.Delay(Glance, cancellationToken);
        }
    }
}
