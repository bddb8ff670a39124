namespace TenantPlatform.LeakLab;

/// <summary>One attack of the matrix, generated before anything runs.</summary>
/// <param name="Target">The table or HTTP operation attacked.</param>
/// <param name="Action">What is tried on it, such as select or insert.</param>
/// <param name="Attack">How the attacker comes by access, such as a forged signature.</param>
public sealed record Cell(string Target, string Action, string Attack)
{
    public override string ToString() => $"{Target} x {Action} x {Attack}";
}
