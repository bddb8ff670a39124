namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>One way to come by rows of somebody else.</summary>
internal abstract class Attack(string name)
{
    /// <summary>The columns of the matrix.</summary>
    public static IReadOnlyList<Attack> All { get; } =
    [
        new ContextAttack("no context", (_, _) => [Entry.None, new Entry("", ByHand: true)]) { NeedsKey = false },
        new ContextAttack(ContextAttack.AnotherTenant, AnotherTenant),
        new ContextAttack("forged signature", Forgeries.Signature) { NeedsKey = false },
        new ContextAttack("expired", Forgeries.Expired),
        new ContextAttack("replayed with another key id", Forgeries.OtherKeyId) { NeedsKey = false },
        new ContextAttack("truncated context", Forgeries.Truncated) { NeedsKey = false },
        new IgnoreQueryFiltersAttack(),
        new EfSqlAttack(),
        new PooledContextAttack(),
        new DirtyConnectionAttack("connection after another tenant", DirtyConnectionAttack.SucceedAsync),
        new DirtyConnectionAttack("connection after an error", DirtyConnectionAttack.FailAsync),
        new DirtyConnectionAttack("connection after a cancelled query", DirtyConnectionAttack.CancelAsync),
        new PreparedStatementAttack("prepared statement reused", planCacheMode: "auto"),
        new PreparedStatementAttack("cached plan reused", planCacheMode: "force_generic_plan"),
        new PoolerAttack(),
        new BackgroundWorkAttack(),
        new FilterAloneAttack(),
    ];

    public string Name => name;

    public bool NeedsKey { get; init; } = true;

    /// <summary>Whether there is such a cell at all.</summary>
    public virtual bool Concerns(GuardedTable table, LabAction action) => action != LabAction.Guess;

    /// <summary>Why the cell cannot be expressed, or null.</summary>
    public virtual string? WhyNot(Bench bench, LabAction action) => null;

    public abstract Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken);

    private static IEnumerable<Entry> AnotherTenant(Subject subject, ContextMint? mint) =>
        subject.AttackersOwn.Select(claims => new Entry(mint!.Mint(claims)));
}
