using System.Collections.Concurrent;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>The figures of a run. Findings are what must not happen; everything else shows that something was tried.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    public ConcurrentQueue<string> Findings { get; } = [];

    public int Of(string name) => counts.GetValueOrDefault(name);

    public void Count(string name) => counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    public void Find(string name, string what)
    {
        Count(name);
        Findings.Enqueue($"{name}: {what}");
    }

    public override string ToString() => string.Join(", ", Figure.InOrder.Select(name => $"{Of(name)} {name}"));
}

internal static class Figure
{
    public const string Operations = "operations";
    public const string Rows = "rows read";
    public const string Errors = "errors injected";
    public const string Cancellations = "cancellations injected";
    public const string CancellationsHit = "of which struck the operation";
    public const string Kills = "connections killed";
    public const string Lost = "operations that lost their connection";
    public const string UnknownDone = "unknown outcomes found done";
    public const string UnknownUndone = "unknown outcomes found undone";
    public const string Probes = "connections probed";
    public const string CrossTenantRows = "cross-tenant rows";
    public const string DirtyConnections = "dirty connections";
    public const string ModelDifferences = "differences from the model";
    public const string Unexpected = "unexpected failures";

    public static readonly string[] InOrder =
    [
        Operations, Rows, Errors, Cancellations, CancellationsHit, Kills, Lost, UnknownDone, UnknownUndone, Probes,
        CrossTenantRows, DirtyConnections, ModelDifferences, Unexpected,
    ];
}
