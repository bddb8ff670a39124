using TenantPlatform.Fixtures;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace TenantPlatform.Schema.Tests;

internal static class TestRun
{
    /// <summary>Of the test that is running.</summary>
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
