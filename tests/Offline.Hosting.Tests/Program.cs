using TenantPlatform.Offline.Hosting.Tests.Samples;
using Xunit.MicrosoftTestingPlatform;

namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>Besides running the tests, this program is what the tests run: an AppHost and a project.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        [SampleProject.Verb, ..] => await SampleProject.RunAsync(args),
        [SampleAppHost.Verb, ..] => await SampleAppHost.RunAsync(args),
        _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
