namespace TenantPlatform.Data.Tests.Isolation.Posture;

/// <summary>One way to undo isolation.</summary>
/// <param name="Rule">That must notice.</param>
/// <param name="Subject">What it must name.</param>
/// <param name="Sql">Run as superuser, in a transaction that is rolled back.</param>
/// <param name="Also">Rules that the same change breaks too.</param>
public sealed record Breach(string Rule, string Subject, string Sql, params string[] Also)
{
    public static IEnumerable<Breach> All => [.. RoleBreaches.All, .. GrantBreaches.All, .. TableBreaches.All, .. GuardBreaches.All, .. ServerBreaches.All];

    public override string ToString() => $"{Rule}: {Sql}";
}
