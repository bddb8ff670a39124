namespace TenantPlatform.LeakLab.Tests;

internal static class TestRun
{
    /// <summary>Of the test that is running.</summary>
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
