using TenantPlatform.LeakLab.Database;

namespace TenantPlatform.LeakLab.Tests.Database;

[Collection(LabServerTests.Name)]
public sealed class DatabaseLabTests(LabServer server)
{
    [Fact]
    public async Task Nobody_reaches_rows_of_somebody_else()
    {
        var database = await server.CopyAsync(Cancel);

        var report = await DatabaseLab.RunAsync(server.Target(database), server.Subjects, new LabOptions(), Cancel);

        Console.WriteLine(report);
        Assert.True(report.IsClean, report.ToString());
    }
}
