using System.Collections.Frozen;

namespace TenantPlatform.Data.Isolation.Posture;

/// <summary>All rules, by theme; the .sql file of the same theme finds what breaks them.</summary>
public static partial class PostureRules
{
    /// <summary>Those that everybody can ask.</summary>
    public static IReadOnlyList<PostureRule> Common { get; } =
        [.. Roles, .. Settings, .. Grants, .. Tables, .. Keys, .. Policies, .. Functions, .. Views, .. Server];

    /// <summary>With those about the connection that serves requests.</summary>
    public static IReadOnlyList<PostureRule> All { get; } = [.. Common, .. Serving];

    private static FrozenDictionary<string, PostureRule> ById { get; } = All.ToFrozenDictionary(rule => rule.Id);

    internal static PostureRule Find(string id) => ById.TryGetValue(id, out var rule)
        ? rule
        : throw new InvalidOperationException($"The posture check has no rule '{id}': describe it in {nameof(PostureRules)}.");

    private static PostureRule Error(string id, string meaning, string remedy) => new(id, PostureSeverity.Error, meaning, remedy);

    private static PostureRule Warning(string id, string meaning, string remedy) => new(id, PostureSeverity.Warning, meaning, remedy);

    private static PostureRule Note(string id, string meaning, string remedy) => new(id, PostureSeverity.Note, meaning, remedy);
}
