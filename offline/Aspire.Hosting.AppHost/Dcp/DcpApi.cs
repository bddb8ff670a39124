using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>The orchestrator's HTTP API, which speaks like Kubernetes.</summary>
internal sealed class DcpApi(HttpClient http) : IDisposable
{
    private const string Group = "usvc-dev.developer.microsoft.com";
    private const string Root = $"/apis/{Group}/v1/";
    private const string Administration = "/admin/execution";

    public Task CreateAsync(string kind, string plural, JsonObject metadata, JsonObject spec, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Root + plural, new JsonObject
        {
            ["apiVersion"] = $"{Group}/v1",
            ["kind"] = kind,
            ["metadata"] = metadata,
            ["spec"] = spec,
        }, cancellationToken);

    /// <returns>Null when there is no such object.</returns>
    public Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Root + path, body: null, cancellationToken);

    /// <returns>False when there is no such object.</returns>
    public async Task<bool> PatchAsync(string path, JsonObject change, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Patch, Root + path, change, cancellationToken) is not null;

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, Root + path, body: null, cancellationToken);

    public async Task<string?> GetExecutionStatusAsync(CancellationToken cancellationToken) =>
        (string?)(await SendAsync(HttpMethod.Get, Administration, body: null, cancellationToken))?["status"];

    public Task SetExecutionStatusAsync(JsonObject status, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, Administration, status, cancellationToken);

    /// <summary>Reads lines as they come; ends without an error when the server ends the response or goes away.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(Root + path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowUnlessAcceptedAsync(response, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await ReadLineAsync(reader, cancellationToken) is { } line)
            yield return line;
    }

    public IAsyncEnumerable<string> ReadLogAsync(string executable, DcpLogSource source, bool follow, CancellationToken cancellationToken) =>
        ReadLinesAsync(
            $"executables/{executable}/log?source={source}&follow={follow}&timestamps=true&line_numbers=false".ToLowerInvariant(),
            cancellationToken);

    public void Dispose() => http.Dispose();

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = ToContent(body, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");

        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;

        await ThrowUnlessAcceptedAsync(response, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
    }

    /// <summary>Without a charset, because the administration endpoint refuses one.</summary>
    private static ByteArrayContent ToContent(JsonObject body, string mediaType) =>
        new(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static async Task ThrowUnlessAcceptedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var request = response.RequestMessage!;
        throw new DcpException(
            $"Aspire's orchestrator refused {request.Method} {request.RequestUri!.AbsolutePath} ({(int)response.StatusCode}): {ReasonIn(text)}");
    }

    private static string ReasonIn(string text)
    {
        try
        {
            return (string?)(JsonNode.Parse(text) as JsonObject)?["message"] ?? text;
        }
        catch (System.Text.Json.JsonException)
        {
            return text.Trim();
        }
    }
}
