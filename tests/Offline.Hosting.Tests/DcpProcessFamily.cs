using System.Diagnostics;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>A process of the orchestrator with the orchestrator itself and everything else that it runs.</summary>
internal static class DcpProcessFamily
{
    public static IReadOnlyCollection<int> Of(int member)
    {
        var parents = Parents();
        // Up to the orchestrator, whose own parent is the process that adopts orphans.
        var root = member;
        while (parents[root] is var parent && Name(parent) == "dcp")
            root = parent;

        var family = new HashSet<int> { root };
        while (parents.Where(pair => family.Contains(pair.Value) && family.Add(pair.Key)).ToList().Count > 0)
        {
            // Each round finds the next generation.
        }
        return family;
    }

    public static IReadOnlyCollection<int> Alive(IEnumerable<int> processes) => [.. processes.Where(id => State(id) is not (null or "Z"))];

    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static Dictionary<int, int> Parents() =>
        Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && Fields(id) is not null)
            .ToDictionary(id => id, id => int.Parse(Fields(id)![1]));

    private static string? State(int id) => Fields(id)?[0];

    private static string Name(int id) => File.ReadAllText($"/proc/{id}/comm").Trim();

    /// <summary>What follows the program's name in the process's line: state, parent and more.</summary>
    private static string[]? Fields(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
