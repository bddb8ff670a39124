using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The configuration that an AppHost under test gets, unless the test says otherwise.</summary>
internal static class TestSettings
{
    private const string LaunchProfileKey = "DOTNET_LAUNCH_PROFILE";
    private static readonly string[] HostPrefixes = ["ASPNETCORE_", "DOTNET_"];

    public static void Apply(HostApplicationBuilderSettings settings, Assembly appHost)
    {
        var said = new ConfigurationManager();
        said.AddCommandLine(settings.Args ?? []);
        said.AddConfiguration(settings.Configuration!);

        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            [HostDefaults.EnvironmentKey] = Environments.Development,
        };
        if (ProjectFolder(appHost) is { } folder)
        {
            settings.ContentRootPath = folder;
            AddLaunchProfile(defaults, folder, said[LaunchProfileKey]);
        }

        settings.Configuration!.AddInMemoryCollection(defaults.Where(pair => said[pair.Key] is null).ToList());
    }

    private static void AddLaunchProfile(Dictionary<string, string?> defaults, string folder, string? wanted)
    {
        if (LaunchProfile.Find(folder, wanted, preferred: null) is not { } profile)
            return;

        defaults[LaunchProfileKey] = profile.Name;
        foreach (var (key, value) in profile.EnvironmentVariables)
        {
            defaults.TryAdd(key, value);
            // A host reads these variables without their prefix.
            foreach (var prefix in HostPrefixes.Where(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                defaults[key[prefix.Length..]] = value;
        }
    }

    private static string? ProjectFolder(Assembly appHost)
    {
        var path = appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "apphostprojectpath")?.Value;
        return Directory.Exists(path) ? path : null;
    }
}
