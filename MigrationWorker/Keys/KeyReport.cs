using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TenantPlatform.MigrationWorker.Keys;

/// <summary>The list of keys, for people and for programs.</summary>
internal static class KeyReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string ToJson(IReadOnlyList<StoredKey> keys, string configuredId) => JsonSerializer.Serialize(
        new
        {
            configured = configuredId,
            keys = keys.Select(key => new { key.Id, key.Created, key.Expires, key.Revoked, state = Name(key, configuredId), configured = key.Id == configuredId }),
        },
        Json);

    public static string ToTable(IReadOnlyList<StoredKey> keys, string configuredId)
    {
        var table = new StringBuilder().Append($"{"id",-10}{"created",-22}{"expires",-22}state\n");

        foreach (var key in keys)
        {
            table.Append($"{key.Id,-10}{key.Created,-22:u}{(key.Expires is { } expires ? $"{expires:u}" : "-"),-22}{Describe(key, configuredId)}\n");
        }

        return keys.Any(key => key.Id == configuredId)
            ? table.ToString()
            : table.Append($"The configured key {configuredId} is not installed: run the worker without a verb, or 'keys rotate'.\n").ToString();
    }

    private static string Describe(StoredKey key, string configuredId) => key switch
    {
        { Revoked: { } revoked } => $"revoked at {revoked:u}",
        { State: KeyState.Expiring } => $"expires at {key.Expires:u}",
        _ => Name(key, configuredId),
    } + (key.Id == configuredId ? " (configured)" : "");

    private static string Name(StoredKey key, string configuredId) => key.State switch
    {
        KeyState.Valid when key.Id == configuredId => "signs-new",
        var state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()),
    };
}
