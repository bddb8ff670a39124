using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>The superuser of the fixture's database, as the labs look at it: with long queries that are planned once.</summary>
internal static class Administrator
{
    public static NpgsqlDataSource Of(DatabaseFixture database) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.AdminConnectionString) { MaxAutoPrepare = 50, AutoPrepareMinUsages = 2 });

    public static async Task ExecuteAsync(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
