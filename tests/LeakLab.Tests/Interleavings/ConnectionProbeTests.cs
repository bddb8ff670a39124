using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>The probe sees each trace that it looks for.</summary>
public sealed class ConnectionProbeTests(InterleavingDatabases databases) : IClassFixture<InterleavingDatabases>
{
    [Theory]
    [InlineData("select 1", "")]
    [InlineData("begin; select 1; commit", "")]
    [InlineData("set tenancy.context = 'v1.left.behind'", "a tenant context")]
    [InlineData("set search_path = public", "search_path public, session settings search_path")]
    [InlineData("begin", "an open transaction")]
    [InlineData("declare left_open cursor with hold for select 1", "cursors")]
    [InlineData("set statement_timeout = 1000", "session settings statement_timeout")]
    public async Task A_trace_is_named(string statement, string trace)
    {
        var database = await databases.CopyAsync();
        await using var connection = new NpgsqlConnection(database.App + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(trace, await ConnectionProbe.FindTracesAsync(connection));
    }

    [Theory]
    [InlineData("set role tp_owner", "the role tp_owner")]
    [InlineData("create temp table left_behind ()", "temporary tables")]
    [InlineData("select pg_advisory_lock(1)", "advisory locks")]
    public async Task A_trace_that_takes_more_rights_is_named(string statement, string trace)
    {
        var database = await databases.CopyAsync();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Admin) { Pooling = false, SearchPath = "pooled" }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancel);

        Assert.Equal(trace, await ConnectionProbe.FindTracesAsync(connection));
    }

    [Fact]
    public async Task Rows_that_show_without_a_context_are_named()
    {
        var database = await databases.CopyAsync("alter table pooled.todos disable row level security");
        await using var app = new AppAccess(database.App, databases.SigningKey);
        var tenant = await app.CreateTenantAsync(Cancel);
        await using (var db = app.Tenants.Open(tenant.Context))
        {
            db.Add(new Data.Todos.Todo { TenantId = tenant.Id, Title = "row", CreatedBy = tenant.OwnerId });
            await db.SaveChangesAsync(Cancel);
        }

        await using var connection = await app.DataSource.OpenConnectionAsync(Cancel);

        Assert.Equal("rows without a context", await ConnectionProbe.FindTracesAsync(connection));
    }
}
