using TenantPlatform.Data.Isolation;

namespace TenantPlatform.MigrationWorker.Tests;

public sealed class ServerVersionTests
{
    [Theory]
    [InlineData("9.6")]
    [InlineData("14.20")]
    [InlineData("15.13")]
    [InlineData("16.9")]
    [InlineData("17.5")]
    public void A_server_with_a_known_way_around_row_level_security_is_refused(string version)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ServerVersion.Require(Version.Parse(version)));

        Assert.StartsWith($"PostgreSQL {version} ", error.Message, StringComparison.Ordinal);
        Assert.Contains("15.14", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15.14")]
    [InlineData("16.10")]
    [InlineData("17.6")]
    [InlineData("18.0")]
    [InlineData("19.0")]
    public void A_server_that_is_safe_is_accepted(string version) => ServerVersion.Require(Version.Parse(version));
}
