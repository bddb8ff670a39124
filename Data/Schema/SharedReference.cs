using System.Text.RegularExpressions;

namespace TenantPlatform.Data.Schema;

/// <summary>What a schema of one tenant has in place of foreign keys to the control plane; pooled has the foreign keys.</summary>
public static partial class SharedReference
{
    /// <summary>The foreign key that the pin to the tenant makes needless.</summary>
    public static string ToTenants(string table) => $"fk_{table}_tenants_tenant_id";

    /// <summary>The condition of a check that bears the foreign key's name. Members are never deleted while their tenant lives, so it stays true.</summary>
    public static string ToMember(string column) => $"{column} is null or tenancy.is_member(tenant_id, {column})";

    /// <summary>What pooled's constraint is in a schema of one tenant, as the catalog tells it; null where there is none.</summary>
    internal static CatalogFact? Replace(CatalogFact fact, ILookup<(string Owner, string Name), CatalogFact> definitions)
    {
        if (fact.Kind != "foreign key" || definitions[(fact.Owner, fact.Name)].FirstOrDefault() is not { } definition)
        {
            return fact;
        }

        if (Member().Match(definition.Value) is { Success: true } member)
        {
            var column = member.Groups[1].Value;
            return fact with
            {
                Kind = "check",
                Value = fact.Aspect == "definition" ? $"CHECK ((({column} IS NULL) OR tenancy.is_member(tenant_id, {column})))" : fact.Value,
            };
        }

        return definition.Value.Contains(" REFERENCES platform.", StringComparison.Ordinal) ? null : fact;
    }

    [GeneratedRegex(@"^FOREIGN KEY \(tenant_id, (\w+)\) REFERENCES platform\.tenant_users\(")]
    private static partial Regex Member();
}
