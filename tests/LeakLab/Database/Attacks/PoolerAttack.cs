using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>A pooler in transaction mode, which gives the victim's server connection to the next client after each transaction.</summary>
internal sealed class PoolerAttack() : Attack("transaction-mode PgBouncer")
{
    private const string BackendId = "select pg_backend_pid() as \"Value\"";

    public override string? WhyNot(Bench bench, LabAction action) => bench.Pooler is null ? bench.NoPooler : null;

    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        // Open all the time, so that the victim's and the attacker's are two clients of the pooler.
        await using var attacker = await bench.Pooler!.DataSource.OpenConnectionAsync(cancellationToken);
        var verdicts = new List<Verdict>();

        foreach (var entry in subject.AttackersOwn.Select(claims => new Entry(bench.Mint!.Mint(claims))).Prepend(Entry.None))
        {
            await using (var victim = Bench.Open(bench.Pooler, subject.Guarded, subject.VictimContext))
            {
                await bench.Ef.RunSqlAsync(victim, subject, LabAction.Select, cancellationToken);
                var servers = await victim.Database.SqlQueryRaw<int>(BackendId).ToListAsync(cancellationToken);
                if (servers[0] != await ServerOfAsync(attacker, cancellationToken))
                    return new Verdict.Void("the pooler gave the attacker another server connection than the victim had");
            }

            verdicts.Add((await bench.Statements.RunAsync(attacker, entry, subject, action, cancellationToken)).Judge(subject, action, entry.Context is not null));
        }

        return verdicts.Worst();
    }

    private static async Task<int> ServerOfAsync(NpgsqlConnection client, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(BackendId, client);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
