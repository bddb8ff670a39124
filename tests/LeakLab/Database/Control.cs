namespace TenantPlatform.LeakLab.Database;

/// <summary>
/// The positive control of a table and an action: the same statement must work for somebody entitled to it, or that it fails
/// for everybody else proves nothing. Always rolled back.
/// </summary>
internal sealed class Control(Bench bench)
{
    public const string Attack = "control: who is entitled";
    public const string NoRow = "The other tenant has no row in this table.";
    public const string NothingWritten = "In somebody's deployment nothing is written by those who may, not even to be rolled back.";
    public const string EfAttack = "control: whose it is, through EF";

    public async Task<Verdict> RunAsync(Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        if (WhyNot(subject, action) is { } reason)
            return new Verdict.NotRun(reason);

        var refusals = new List<Outcome>();
        await using (var app = await bench.Raw.OpenConnectionAsync(cancellationToken))
        {
            foreach (var claims in subject.Rightful)
            {
                var entry = new Entry(bench.Mint!.Mint(claims));
                var outcome = await StatementRunner.RollingBack.RunAsync(app, entry, subject, action, cancellationToken);
                if (outcome.Worked)
                    return new Verdict.Held($"works in scope {claims.Scope}");

                refusals.Add(outcome);
            }
        }

        // Only where the API has no such privilege at all does the owner show that the statement is a sound one.
        var isDenied = refusals.All(refusal => refusal.IsPermissionDenied || refusal.IsCopyRefused);
        if (isDenied && bench.Unbound is null)
            return new Verdict.NotRun("tp_app has no such privilege, so nobody can show here that the statement is a sound one.");
        if (bench.Unbound is null || !isDenied)
            return new Verdict.Void($"nobody can do it, although tp_app has the privilege: {string.Join("; ", refusals.Select(refusal => refusal.Error?.MessageText ?? "0 rows").Distinct())}");

        await using var unbound = await bench.Unbound.OpenConnectionAsync(cancellationToken);
        var proof = await StatementRunner.RollingBack.RunAsync(unbound, Entry.None, subject, action, cancellationToken);
        return proof.Worked
            ? new Verdict.Held("works for the superuser; tp_app has no such privilege")
            : new Verdict.Void($"not even a superuser can do it: {proof.Error?.MessageText ?? "0 rows"}");
    }

    /// <summary>The victim's rows as the victim's own queries see them, with the filter.</summary>
    public async Task<Verdict> RunEfAsync(Subject subject, CancellationToken cancellationToken)
    {
        if (WhyNot(subject, LabAction.Select) is { } reason)
            return new Verdict.NotRun(reason);

        var context = subject.VictimContext;
        var entry = new Entry(bench.Mint!.Mint(new ContextClaims(context.Scope, context.TenantId, context.UserId)));
        await using (var app = await bench.Raw.OpenConnectionAsync(cancellationToken))
        {
            if ((await StatementRunner.RollingBack.RunAsync(app, entry, subject, LabAction.Select, cancellationToken)).Rows == 0)
                return new Verdict.NotRun("Their owner may not read these rows either.");
        }

        await using var db = Bench.Open(bench.App, subject.Guarded, context);
        var rows = await EntityAccess.Of(subject.Guarded).SelectAsync(db, subject.OwnerValue, filtered: true, cancellationToken);
        return rows > 0 ? new Verdict.Held($"{rows} rows through EF") : new Verdict.Void("the victim sees nothing of its own through EF");
    }

    private string? WhyNot(Subject subject, LabAction action) => bench switch
    {
        { Mint: null } => Bench.NoKey,
        { Unbound: null } when !subject.HasRow => NoRow,
        { Unbound: null } when action.Name is not ("select" or "copy to") => NothingWritten,
        _ => null,
    };
}
