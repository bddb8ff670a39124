namespace TenantPlatform.LeakLab;

/// <summary>What became of a cell: it held, it leaked, or it could not be run, and why.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <param name="By">What stopped the attack: an error code, no rows, an HTTP status.</param>
    public sealed record Held(string By) : Verdict;

    /// <param name="What">What the attacker saw or changed.</param>
    public sealed record Leaked(string What) : Verdict;

    /// <param name="Reason">A sentence that a reader accepts: what is absent, or why the attack cannot be expressed here.</param>
    public sealed record NotRun(string Reason) : Verdict;

    /// <param name="Why">Why the cell proves nothing although nothing leaked, such as a rightful caller who gets nothing either. A failure.</param>
    public sealed record Void(string Why) : Verdict;

    /// <param name="Risk">What the attacker can do that is no leak, that nothing here prevents, and that docs/tenancy.md speaks of.</param>
    public sealed record Accepted(string Risk) : Verdict;
}
