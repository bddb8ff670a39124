using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

public sealed class HttpLabTests(DatabaseFixture database, ITestOutputHelper output) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task No_operation_leaks_and_every_cell_was_run()
    {
        await using var api = new Api(database.AppConnectionString, database.SigningKey);
        await using var admin = Administrator.Of(database);

        var report = await HttpLab.RunAsync(api.Address, admin, cancellationToken: Cancel);

        output.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
        Assert.Empty(report.NotRun);
    }
}
