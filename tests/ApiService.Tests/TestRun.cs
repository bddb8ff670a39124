namespace TenantPlatform.ApiService.Tests;

internal static class TestRun
{
    public const string Password = "correct horse battery staple";

    /// <summary>Of the test that is running.</summary>
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string NewEmail() => $"{Guid.NewGuid():N}@example.org";
}
