using Npgsql;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>A statement that the victim prepared and executed on this connection, executed again by others.</summary>
internal sealed class PreparedStatementAttack(string name, string planCacheMode) : Attack(name)
{
    public override string? WhyNot(Bench bench, LabAction action) => action.Kind switch
    {
        StatementKind.CopyIn or StatementKind.CopyOut => "PostgreSQL cannot prepare COPY.",
        _ when bench.Unbound is null && action != LabAction.Select => Control.NothingWritten,
        _ => null,
    };

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Raw.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(action.Sql(subject), connection);
        await command.PrepareAsync(cancellationToken);

        foreach (var claims in subject.Rightful)
            await bench.AsVictimAsync(() => ExecuteAsync(command, new Entry(bench.Mint!.Mint(claims)), action, keep: false, cancellationToken), cancellationToken);

        var verdicts = new List<Verdict>();
        foreach (var entry in subject.AttackersOwn.Select(claims => new Entry(bench.Mint!.Mint(claims))).Prepend(Entry.None))
            verdicts.Add((await ExecuteAsync(command, entry, action, bench.Unbound is not null, cancellationToken)).Judge(subject, action, entry.Context is not null));

        await command.UnprepareAsync(cancellationToken);
        return verdicts.Worst();
    }

    private async Task<Outcome> ExecuteAsync(NpgsqlCommand command, Entry entry, LabAction action, bool keep, CancellationToken cancellationToken)
    {
        await using var transaction = await command.Connection!.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var mode = new NpgsqlCommand($"set local plan_cache_mode = {planCacheMode}", command.Connection);
            await mode.ExecuteNonQueryAsync(cancellationToken);
            await entry.EnterAsync(command.Connection, cancellationToken);
            var outcome = await StatementRunner.ExecuteAsync(command, action, cancellationToken);
            await (keep ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
            return outcome;
        }
        catch (PostgresException e)
        {
            return new Outcome(0, e);
        }
    }
}
