using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>One profile of a project's Properties/launchSettings.json.</summary>
internal sealed record LaunchProfile
{
    [JsonIgnore]
    public string Name { get; init; } = "";

    public string? CommandName { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? ApplicationUrl { get; init; }

    public string? LaunchUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];

    public IEnumerable<string> ApplicationUrls => ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The wanted profile, else the default one, else the first that starts the project; null without launch settings.</summary>
    public static LaunchProfile? Find(string projectDirectory, string? wanted, string? preferred)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        var profiles = Read(path).Where(profile => profile.CommandName is null or "Project").ToList();
        if (wanted is null)
            return profiles.Find(profile => profile.Name == preferred) ?? profiles.FirstOrDefault();

        return profiles.Find(profile => profile.Name == wanted)
            ?? throw new DistributedApplicationException($"Launch settings file {path} does not contain the '{wanted}' launch profile.");
    }

    private static IEnumerable<LaunchProfile> Read(string path)
    {
        if (!File.Exists(path))
            return [];

        try
        {
            var settings = JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Options);
            return (settings?.Profiles ?? []).Select(profile => profile.Value with { Name = profile.Key });
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The launch settings file {path} is not valid JSON: {e.Message} Correct it.", e);
        }
    }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private sealed record LaunchSettings(Dictionary<string, LaunchProfile>? Profiles);
}

internal sealed record LaunchProfileAnnotation(LaunchProfile Profile) : IResourceAnnotation;
