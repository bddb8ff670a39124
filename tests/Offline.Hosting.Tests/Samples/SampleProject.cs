using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TenantPlatform.Offline.Hosting.Tests.Samples;

/// <summary>A web project that tells what environment it was given.</summary>
internal sealed class SampleProject : IProjectMetadata, IProjectOutput
{
    public const string Verb = "sample-project";

    /// <summary>Its launch settings lie beside the tests' own output; the project file need not exist.</summary>
    public string ProjectPath => Path.Combine(AppContext.BaseDirectory, "Samples", "SampleProject.csproj");

    public string TargetPath => typeof(SampleProject).Assembly.Location;

    public static async Task<int> RunAsync(string[] args)
    {
        var app = WebApplication.Create(args);
        app.MapGet("/health", () => "ok");
        app.MapGet("/env", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value));
        app.MapGet("/about", (HttpContext context) => new About(Environment.ProcessId, Environment.CurrentDirectory, args));
        await app.RunAsync();
        return 0;
    }

    internal sealed record About(int ProcessId, string Folder, string[] Args);
}
