using Npgsql;

namespace TenantPlatform.LeakLab.Database;

/// <summary>The victim's rows as somebody sees them whom policies do not bind: whatever an attack reports, they must stay what they are.</summary>
internal sealed class Watch(NpgsqlDataSource owner, Subject subject)
{
    private string before = "";

    public async Task StartAsync(CancellationToken cancellationToken) => before = await LookAsync(cancellationToken);

    /// <summary>The verdict, or that the victim's rows have changed since the last look.</summary>
    public async Task<Verdict> CheckAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        var after = await LookAsync(cancellationToken);
        var changed = after != before;
        before = after;
        return changed && verdict is not Verdict.Leaked ? new Verdict.Leaked("the victim's rows are not what they were") : verdict;
    }

    private async Task<string> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(
            $"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {subject.Name} t where {subject.Predicate}");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
