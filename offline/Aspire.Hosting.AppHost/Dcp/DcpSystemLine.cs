using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>What the orchestrator logs about an executable: time, level, logger, message and fields, between tabs.</summary>
internal sealed record DcpSystemLine(DateTimeOffset? Timestamp, string Message, string? Error, string Fields)
{
    /// <summary>These name the object and the round of the orchestrator's own work: nothing for people.</summary>
    private static readonly string[] Noise = ["Executable", "Reconciliation"];

    public string Text => Fields.Length == 0 ? Message : $"{Message}: {Fields}";

    public static DcpSystemLine Parse(string line)
    {
        if (line.Split('\t') is not [var time, _, _, var message, .. var rest]
            || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
            return new DcpSystemLine(null, line, null, "");

        var fields = ParseFields(string.Join('\t', rest));
        var shown = fields.Where(field => !Noise.Contains(field.Key)).Select(field => $"{Title(field.Key)} = {Show(field.Value)}");
        return new DcpSystemLine(timestamp, message, (string?)fields["error"], string.Join(", ", shown));
    }

    private static JsonObject ParseFields(string json)
    {
        try
        {
            return json.Length == 0 ? [] : JsonNode.Parse(json)!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new JsonObject { ["Details"] = json };
        }
    }

    private static string Title(string key) => char.ToUpperInvariant(key[0]) + key[1..];

    private static string Show(JsonNode? value) =>
        value is JsonArray array ? $"[{string.Join(", ", array.Select(Show))}]" : value?.ToString() ?? "";
}
