using System.Globalization;

namespace TenantPlatform.Bench.Measuring;

/// <summary>A process and its children, as Linux accounts for them in /proc.</summary>
internal sealed class ProcessTree(int root)
{
    // USER_HZ, which is 100 on every platform that .NET runs on.
    private const double TicksPerSecond = 100;
    private const int PageBytes = 4096;

    /// <summary>Used so far, by children that have ended as well.</summary>
    public TimeSpan Cpu => TimeSpan.FromSeconds(Members().Sum(stat => stat.Ticks) / TicksPerSecond);

    public long ResidentBytes => Members().Sum(stat => stat.ResidentPages) * PageBytes;

    private IEnumerable<Stat> Members()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<Stat>().ToLookup(stat => stat.Parent);
        var self = all.SelectMany(group => group).Where(stat => stat.Id == root);
        return self.Concat(Descendants(root, all));
    }

    private static IEnumerable<Stat> Descendants(int parent, ILookup<int, Stat> all) =>
        all[parent].SelectMany(child => Descendants(child.Id, all).Prepend(child));

    private static Stat? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), out var id))
        {
            return null;
        }

        try
        {
            var text = File.ReadAllText($"{folder}/stat");

            // The name in parentheses may hold spaces. After it: state, parent (1), ..., utime, stime, cutime, cstime (11 to 14), ..., rss (21).
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
            return new Stat(id, (int)Field(1), Field(11) + Field(12) + Field(13) + Field(14), Field(21));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks, long ResidentPages);
}
