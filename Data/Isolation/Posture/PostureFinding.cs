namespace TenantPlatform.Data.Isolation.Posture;

/// <param name="Rule">What it goes against.</param>
/// <param name="Subject">The table, role or function at fault, qualified by its schema.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record PostureFinding(PostureRule Rule, string Subject, string Problem)
{
    /// <summary>Stable name of the rule.</summary>
    public string Id => Rule.Id;

    public PostureSeverity Severity => Rule.Severity;

    /// <summary>What to do.</summary>
    public string Remedy => Rule.RemedyFor(Subject);

    public override string ToString() => $"{Id}: {Subject}: {Problem}: {Remedy}";
}
