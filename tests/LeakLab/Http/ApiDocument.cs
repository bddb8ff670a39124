using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TenantPlatform.LeakLab.Http;

/// <summary>The OpenAPI document that the API under attack publishes about itself.</summary>
internal sealed class ApiDocument
{
    private const string Address = "/openapi/v1.json";
    private const string ReferencePrefix = "#/components/schemas/";

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    private readonly JsonObject schemas;

    private ApiDocument(JsonObject document)
    {
        schemas = document["components"]?["schemas"]?.AsObject() ?? [];
        Operations = [.. from path in document["paths"]!.AsObject()
                         from operation in path.Value!.AsObject()
                         where Methods.Contains(operation.Key)
                         select Read(path.Key, operation.Key, operation.Value!.AsObject())];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> ReadAsync(HttpClient api, CancellationToken cancellationToken) =>
        new((await api.GetFromJsonAsync<JsonObject>(Address, cancellationToken))!);

    /// <summary>The schema itself, past references and past the alternative null.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        if (schema["$ref"] is { } reference)
            return Resolve(schemas[((string)reference!)[ReferencePrefix.Length..]]!.AsObject());

        var alternatives = (schema["oneOf"] ?? schema["anyOf"])?.AsArray();
        return alternatives is null ? schema : Resolve(alternatives.First(choice => TypeOf(choice!.AsObject()) is not "null")!.AsObject());
    }

    /// <summary>The JSON type that is not null.</summary>
    public static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => (string?)types.FirstOrDefault(type => (string?)type is "string") ?? (string?)types.First(type => (string?)type is not "null"),
        var type => (string?)type,
    };

    private ApiOperation Read(string path, string method, JsonObject operation) => new(
        (string?)operation["operationId"] ?? $"{method} {path}",
        new HttpMethod(method.ToUpperInvariant()),
        path,
        operation["security"] is JsonArray { Count: > 0 },
        (string?)operation["x-permission"])
    {
        Parameters = [.. from parameter in operation["parameters"]?.AsArray() ?? []
                         select new ApiParameter(
                             (string)parameter["name"]!, (string)parameter["in"]!, (bool?)parameter["required"] ?? false,
                             Resolve(parameter["schema"]?.AsObject() ?? []))],
        Body = operation["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject body ? Resolve(body) : null,
    };
}
