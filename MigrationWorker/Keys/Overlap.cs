using System.Globalization;

namespace TenantPlatform.MigrationWorker.Keys;

/// <summary>For how long former keys stay accepted, as people write it: 0, 90s, 30m, 1h, 2d.</summary>
internal static class Overlap
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static readonly TimeSpan Default = TimeSpan.FromHours(1);

    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        TimeSpan? unit = text.LastOrDefault() switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return unit is not null && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= Longest / unit.Value ? number * unit : null;
    }
}
