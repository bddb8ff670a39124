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
}
