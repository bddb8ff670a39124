using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TenantPlatform.LeakLab.Http;

/// <summary>A request about to be sent; each attack changes one that the API would grant.</summary>
internal sealed record ApiRequest(ApiOperation Operation)
{
    public ImmutableDictionary<string, string> Path { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, string> Query { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public JsonNode? Body { get; init; }

    /// <summary>The value of the Authorization header.</summary>
    public string? Authorization { get; init; }

    /// <summary>What the attacker knew and sent: finding it in the answer is no news.</summary>
    public ImmutableList<string> Planted { get; init; } = [];

    public string Address => Operation.PathParameters.Aggregate(
        Operation.Path,
        (path, parameter) => path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(Path[parameter.Name]), StringComparison.Ordinal))
        + (Query.IsEmpty ? "" : "?" + string.Join('&', Query.Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}")));

    public ApiRequest As(Actor? caller) => this with { Authorization = caller is null ? null : Actor.Bearer(caller.Token) };

    public ApiRequest WithPath(string name, string value) => this with { Path = Path.SetItem(name, value), Planted = Planted.Add(value) };

    public ApiRequest WithQuery(string name, string value) => this with { Query = Query.SetItem(name, value), Planted = Planted.Add(value) };

    public ApiRequest WithHeader(string name, string value) => this with { Headers = Headers.SetItem(name, value) };

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Operation.Method, Address);

        if (Authorization is not null)
            message.Headers.TryAddWithoutValidation("Authorization", Authorization);

        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);

        if (Body is not null)
            message.Content = new StringContent(Body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        return message;
    }
}
