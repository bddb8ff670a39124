using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Isolation.Posture;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

/// <summary>Managed clouds give their customers no superuser: an administrator who may create roles and databases must do.</summary>
public sealed class ManagedServerTests(DatabaseServer server) : IClassFixture<DatabaseServer>
{
    [Fact]
    public async Task An_administrator_without_superuser_rights_suffices()
    {
        await server.Database("postgres").Admin.ExecuteAsync("create role cloud_admin login createrole createdb password 'cloud'");
        var database = server.Database("managed");
        var cloud = new NpgsqlConnectionStringBuilder(database.Admin) { Username = "cloud_admin", Password = "cloud" }.ConnectionString;
        var settings = server.WorkerSettings(database) with { AdminConnectionString = cloud };

        (await WorkerProcess.RunAsync(settings, Cancel)).RequireSuccess();
        (await WorkerProcess.RunAsync(settings, Cancel)).RequireSuccess();

        Assert.False(await database.Admin.ScalarAsync<bool>("select rolsuper or rolbypassrls from pg_roles where rolname = 'tp_owner'"));
        await using (var api = new NpgsqlConnection(database.App))
        {
            await api.OpenAsync(Cancel);
            Assert.Empty((await PostureCheck.RunForServiceAsync(api, sample: null, Cancel)).Findings);
        }

        await using var app = new AppAccess(database.App, server.SigningKey);
        var tenant = await app.CreateTenantAsync(Cancel);
        await app.CreateTenantAsync(Cancel);
        Assert.Equal(2L, await database.Owner.ScalarAsync<long>("select count(*) from platform.tenants"));
        await using var db = app.Platform.Open(TenantContext.ForUser(tenant.OwnerId));
        Assert.Equal([tenant.Id], db.Tenants.Select(row => row.Id));
    }
}
