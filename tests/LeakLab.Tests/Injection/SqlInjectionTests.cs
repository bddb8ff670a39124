using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Injection;

public sealed class SqlInjectionTests(DatabaseFixture database, ITestOutputHelper output) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Injected_sql_reaches_no_other_tenant_and_leaves_nothing_behind()
    {
        var (report, sameConnection) = await InjectionRun.RunAsync(database, Payloads.All.Concat(Thefts.All));

        output.WriteLine(report.ToString());
        output.WriteLine($"The next tenant was served over the attacker's own connection in {sameConnection} of {report.Generated} cells.");
        Assert.True(report.IsClean, report.ToString());
        Assert.True(sameConnection > report.Generated / 2, "The next tenant hardly ever got the attacker's connection.");
    }
}
