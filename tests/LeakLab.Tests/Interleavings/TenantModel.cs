using System.Collections.Immutable;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>A row as the model and the reads compare it. Every text begins with its tenant's marker.</summary>
internal readonly record struct Row(string Table, string Text, int Priority);

/// <summary>What one tenant must see: exactly its own rows. Only one step at a time works for a tenant.</summary>
internal sealed class TenantModel(TestTenant tenant)
{
    private static readonly ImmutableDictionary<Guid, Row> Empty = ImmutableDictionary<Guid, Row>.Empty;

    private int texts;

    public TestTenant Tenant => tenant;

    public ImmutableDictionary<Guid, Row> Rows { get; set; } = Empty;

    /// <summary>A text that says whose row it is.</summary>
    public string NextText() => $"{tenant.Key} {++texts}";

    public bool IsMine(Guid tenantId, string text) => tenantId == tenant.Id && text.StartsWith(tenant.Key, StringComparison.Ordinal);

    public void Begin(Guid first, Guid second) => Rows = Empty
        .Add(first, new Row(Tables.Todos, NextText(), 3))
        .Add(second, new Row(Tables.Todos, NextText(), 3));
}

internal static class Tables
{
    public const string Todos = "todos";
    public const string Teams = "teams";

    public static ImmutableDictionary<Guid, Row> In(this ImmutableDictionary<Guid, Row> rows, string table) =>
        rows.Where(row => row.Value.Table == table).ToImmutableDictionary();

    public static bool SameAs(this IReadOnlyDictionary<Guid, Row> rows, IReadOnlyDictionary<Guid, Row> others) =>
        rows.Count == others.Count && rows.All(row => others.TryGetValue(row.Key, out var other) && other == row.Value);
}
