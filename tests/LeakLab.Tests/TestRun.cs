using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests;

internal static class TestRun
{
    /// <summary>Of the test that is running.</summary>
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>To the test's output, which `dotnet test` shows with --output Detailed, and to artifacts/lab, which .ci/run shows at its end.</summary>
    public static async Task PrintAsync(string name, string text)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(text);
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts/lab"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.txt"), text + "\n", Cancel);
    }
}
