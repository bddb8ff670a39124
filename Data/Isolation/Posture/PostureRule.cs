namespace TenantPlatform.Data.Isolation.Posture;

/// <param name="Id">Stable name.</param>
/// <param name="Meaning">What must hold, as a sentence.</param>
/// <param name="Remedy">What to do about a breach; {object} stands for what is at fault.</param>
public sealed record PostureRule(string Id, PostureSeverity Severity, string Meaning, string Remedy)
{
    public string RemedyFor(string subject) => Remedy.Replace("{object}", subject, StringComparison.Ordinal);
}

public enum PostureSeverity
{
    /// <summary>Tenants are not isolated, or nobody can tell: the API does not serve.</summary>
    Error,

    /// <summary>One mistake away from an error, or a way around policies for others than the API.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Note,
}
