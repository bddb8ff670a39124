using Microsoft.Net.Http.Headers;
using TenantPlatform.Data;

namespace TenantPlatform.ApiService.Todos;

/// <summary>The version of a row as ETag and If-Match carry it.</summary>
internal static class EntityTag
{
    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>Whether If-Match lets the row be changed. None always does; one that cannot be read never does.</summary>
    public static bool IsMatchedBy(this IVersioned row, string? ifMatch)
    {
        if (ifMatch is null)
        {
            return true;
        }

        var current = new EntityTagHeaderValue($"\"{row.Version}\"");
        return EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
    }
}
