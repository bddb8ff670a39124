using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The AppHost's user secrets file; without a UserSecretsId nothing is kept.</summary>
internal sealed class UserSecrets(string? path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock gate = new();

    public static UserSecrets Of(Assembly? appHost)
    {
        var id = appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        return new UserSecrets(id is null ? null : PathHelper.GetSecretsPathFromSecretsId(id));
    }

    public string GetOrAdd(string key, Func<string> create)
    {
        if (path is null)
            return create();

        lock (gate)
        {
            var secrets = Read(path);
            if ((string?)secrets[key] is { } known)
                return known;

            var created = create();
            secrets[key] = created;
            Write(path, secrets);
            return created;
        }
    }

    private static JsonObject Read(string path)
    {
        if (!File.Exists(path))
            return [];

        var text = File.ReadAllText(path);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text)!.AsObject();
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The user secrets file {path} is not valid JSON: {e.Message} Correct or delete it.", e);
        }
    }

    private static void Write(string path, JsonObject secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = $"{path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(next, options))
            writer.Write(secrets.ToJsonString(Indented));
        File.Move(next, path, overwrite: true);
    }
}
