using System.Globalization;
using Microsoft.Net.Http.Headers;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService;

/// <summary>What ETag and If-Match carry: the version of a row, or, where changes come one after the other under a lock, its last one's time.</summary>
internal static class EntityTag
{
    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = Of(version);

    public static void SetETag(this HttpResponse response, DateTimeOffset updated) => response.Headers.ETag = Of(Microseconds(updated));

    /// <summary>Whether If-Match lets the row be changed. None always does; one that cannot be read never does.</summary>
    public static bool IsMatchedBy(this IVersioned row, string? ifMatch) => IsMatch(Of(row.Version), ifMatch);

    /// <summary>The same for a row without a version, by its time of the last change.</summary>
    public static bool IsMatchedBy(this DateTimeOffset updated, string? ifMatch) => IsMatch(Of(Microseconds(updated)), ifMatch);

    private static bool IsMatch(string current, string? ifMatch)
    {
        if (ifMatch is null)
        {
            return true;
        }

        return EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new EntityTagHeaderValue(current), useStrongComparison: true));
    }

    private static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");

    // As exact as the database stores times.
    private static long Microseconds(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond;
}
