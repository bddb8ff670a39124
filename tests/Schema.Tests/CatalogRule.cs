namespace TenantPlatform.Schema.Tests;

/// <summary>A rule over the live catalog.</summary>
/// <param name="Violations">A query for what breaks the rule.</param>
/// <param name="Breach">A change that breaks it: a rule that cannot fail proves nothing.</param>
public sealed record CatalogRule(string Name, string Violations, string Breach)
{
    public override string ToString() => Name;
}
