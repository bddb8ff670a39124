using System.Text.Json;
using System.Text.Json.Nodes;

namespace TenantPlatform.LeakLab.Http;

/// <summary>All that a caller can see of a response.</summary>
/// <param name="Headers">One line each, sorted, without the time of day.</param>
internal sealed record ApiAnswer(ApiRequest Request, int Status, IReadOnlyList<string> Headers, string Body)
{
    private const string TraceId = "traceId";
    private const string Sent = "(sent)";

    public bool IsSuccess => Status is >= 200 and < 300;

    public string Text => string.Join('\n', [Status.ToString(System.Globalization.CultureInfo.InvariantCulture), .. Headers, Body]);

    /// <summary>What must be the same whether a thing exists elsewhere or nowhere: all but the trace id and what was asked for.</summary>
    public string Shape => Request.Planted.Aggregate(
        string.Join('\n', [.. Text.Split('\n')[..(Headers.Count + 1)], WithoutTraceId(Body)]),
        (text, planted) => text.Replace(planted, Sent, StringComparison.OrdinalIgnoreCase));

    /// <summary>For reports: status and body, cut.</summary>
    public string Summary => $"{Status} {(Body.Length > 300 ? Body[..300] + "..." : Body)}";

    public bool HasHeader(string name, params ReadOnlySpan<string> parts)
    {
        var line = Headers.FirstOrDefault(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

        foreach (var part in parts)
        {
            if (line?.Contains(part, StringComparison.OrdinalIgnoreCase) is not true)
                return false;
        }

        return line is not null;
    }

    public static async Task<ApiAnswer> ReadAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = from header in response.Headers.Concat(response.Content.Headers)
                      where header.Key is not "Date"
                      select $"{header.Key}: {string.Join(", ", header.Value)}";

        return new ApiAnswer(
            request, (int)response.StatusCode, [.. headers.Order(StringComparer.Ordinal)], await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string WithoutTraceId(string body)
    {
        try
        {
            var json = body.StartsWith('{') ? JsonNode.Parse(body)!.AsObject() : null;
            json?.Remove(TraceId);
            return json?.ToJsonString() ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
