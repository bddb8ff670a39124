using System.Globalization;

namespace TenantPlatform.MigrationWorker.Keys;

/// <summary>For how long former keys stay accepted, as people write it: 0, 90s, 30m, 1h, 2d.</summary>
internal static class Overlap
{
    private const int LongestDays = 366;

    public static readonly TimeSpan Default = TimeSpan.FromHours(1);

    public static TimeSpan? Parse(string text)
    {
        if (text.Length == 0 || !int.TryParse(text.AsSpan().TrimEnd("smhd"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        TimeSpan? overlap = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => number == 0 ? TimeSpan.Zero : null,
        };
        return overlap <= TimeSpan.FromDays(LongestDays) ? overlap : null;
    }
}
