using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Makes a body that an operation accepts out of its schema, and out of <see cref="Recipes"/> where a schema cannot say it.</summary>
internal sealed partial class BodySampler(ApiDocument document, ApiOperation operation, Party party)
{
    private const int MaximumDepth = 6;

    /// <param name="planted">A value for one property, which is then there although it is optional.</param>
    public JsonNode? Sample((string Path, JsonNode Value)? planted = null) =>
        operation.Body is null ? null : Sample(operation.Body, "", planted);

    /// <summary>Paths of the properties that name a row of any kind, such as todos[].assignedTo.</summary>
    public static IEnumerable<string> References(ApiDocument document, JsonObject schema, string path = "", int depth = 0)
    {
        if (depth > MaximumDepth)
            yield break;

        if (schema["items"] is JsonObject items)
        {
            foreach (var reference in IsReference(path, document.Resolve(items)) ? [path + "[]"] : References(document, document.Resolve(items), path + "[]", depth + 1))
                yield return reference;
        }

        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            var (inner, resolved) = (Join(path, name), document.Resolve(property!.AsObject()));

            foreach (var reference in IsReference(name, resolved) ? [inner] : References(document, resolved, inner, depth + 1))
                yield return reference;
        }
    }

    public static bool IsReference(string name, JsonObject schema) => ApiDocument.TypeOf(schema) is "string" && (
        (string?)schema["format"] is "uuid" || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal)
        || name is "id" or "tenant" or "assignedTo" or "createdBy");

    private JsonNode? Sample(JsonObject schema, string path, (string Path, JsonNode Value)? planted)
    {
        schema = document.Resolve(schema);

        if (planted is { } plant && plant.Path == path)
            return plant.Value.DeepClone();

        if (Recipes.Property(operation, path, schema, party) is { } made)
            return made;

        return schema["enum"] is JsonArray values ? values.First(value => value is not null)!.DeepClone() : ApiDocument.TypeOf(schema) switch
        {
            "array" => Many(schema, path, planted),
            "string" => Text(schema),
            "integer" or "number" => Number(schema),
            "boolean" => true,
            _ => Properties(schema, path, planted),
        };
    }

    private JsonObject Properties(JsonObject schema, string path, (string Path, JsonNode Value)? planted)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        var sample = new JsonObject();

        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            var inner = Join(path, name);

            if (required.Contains(name) || Leads(inner, planted?.Path))
                sample[name] = Sample(property!.AsObject(), inner, planted);
        }

        return sample;
    }

    private JsonArray Many(JsonObject schema, string path, (string Path, JsonNode Value)? planted)
    {
        var items = schema["items"]!.AsObject();
        return [.. Enumerable.Range(0, Math.Max(1, (int?)schema["minItems"] ?? 1)).Select(_ => Sample(items, path + "[]", planted))];
    }

    private static JsonNode Text(JsonObject schema) => (string?)schema["format"] switch
    {
        "uuid" => Guid.CreateVersion7().ToString(),
        "date-time" => DateTime.UtcNow.AddDays(1).ToString("O", CultureInfo.InvariantCulture),
        "date" => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "uri" => "https://example.org/a",
        _ when Alternatives().Match((string?)schema["pattern"] ?? "") is { Success: true } pattern => pattern.Groups["first"].Value,
        _ => "sample".PadRight((int?)schema["minLength"] ?? 0, 'x'),
    };

    private static JsonNode Number(JsonObject schema) => (int?)schema["minimum"] ?? 1;

    private static bool Leads(string path, string? target) =>
        target is not null && (target == path || target.StartsWith(path + ".", StringComparison.Ordinal) || target.StartsWith(path + "[", StringComparison.Ordinal));

    // An enumeration that is written as a pattern: ^(light|dark|system)$.
    [GeneratedRegex(@"^\^\((?<first>\w+)(\|\w+)*\)\$$")]
    private static partial Regex Alternatives();

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
