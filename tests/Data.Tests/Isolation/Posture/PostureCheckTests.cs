using Npgsql;
using TenantPlatform.Data.Isolation.Posture;

namespace TenantPlatform.Data.Tests.Isolation.Posture;

[Collection(SpareDatabase.Collection)]
public sealed class PostureCheckTests(SpareDatabase spare)
{
    [Fact]
    public async Task A_migrated_database_has_no_findings_whoever_asks()
    {
        foreach (var access in new[] { spare.Database.Admin, spare.Database.Owner, spare.Database.App })
        {
            await using var connection = await OpenAsync(access);
            Assert.Empty((await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings);
        }
    }

    [Fact]
    public async Task Serving_as_the_app_role_is_no_finding()
    {
        await using var app = await OpenAsync(spare.Database.App);

        Assert.Empty((await PostureCheck.RunForServiceAsync(app, sample: null, Cancel)).Findings);
    }

    [Fact]
    public async Task A_connection_string_that_brings_a_context_is_found()
    {
        var access = new NpgsqlConnectionStringBuilder(spare.Database.App) { Options = "-c tenancy.context=v1.forever" };
        await using var app = await OpenAsync(access.ConnectionString);

        Assert.Equal(["serving-context"], (await PostureCheck.RunForServiceAsync(app, sample: null, Cancel)).Findings.Select(finding => finding.Id));
    }

    [Theory]
    [InlineData("create view pooled.my_todos with (security_invoker = true) as select * from pooled.todos")]
    [InlineData("create view public.my_todos with (security_invoker = on) as select * from pooled.todos")]
    [InlineData("create policy owner_access on pooled.todos to tp_owner using (true) with check (true)")]
    [InlineData("create table public.unrelated (id uuid)")]
    [InlineData("create table public.unrelated (id uuid); create view public.of_it as select * from public.unrelated; grant select on public.of_it to tp_app")]
    [InlineData("create role cloud_admin login createrole; grant tp_owner to cloud_admin")]
    [InlineData("alter default privileges for role tp_owner revoke execute on functions from tp_app")]
    [InlineData(TableBreaches.PinnedDedicated)]
    public async Task What_harms_nobody_is_no_finding(string change)
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, $"{change}; reset role; alter table if exists pooled.my_todos owner to tp_owner");

        Assert.Empty((await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings);
    }

    [Fact]
    public async Task An_empty_database_is_not_called_safe()
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "drop schema pooled, platform, tenancy cascade");

        Assert.Equal(["platform", "pooled", "tenancy"], (await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings.Select(finding => finding.Subject));
    }

    [Fact]
    public async Task Asking_leaves_the_session_as_it_was()
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "set local search_path = platform, \"$user\"");

        await PostureCheck.RunAsync(connection, sample: null, Cancel);

        await using var path = new NpgsqlCommand("show search_path", connection);
        Assert.Equal("platform, \"$user\"", await path.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task A_temporary_table_in_front_of_the_catalog_fools_nobody()
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, """
            alter table pooled.todos no force row level security;
            create temporary table pg_class as select * from pg_class where relname <> 'todos'
            """);

        Assert.Equal(["rls-not-forced"], (await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings.Select(finding => finding.Id));
    }

    [Fact]
    public async Task The_committed_guards_are_those_of_a_migrated_database()
    {
        await using var connection = await OpenAsync(spare.Database.App);

        Assert.Equal(ExpectedGuards.Text, await PostureCheck.DescribeGuardsAsync(connection, Cancel));
    }

    [Fact]
    public async Task Errors_come_first_and_say_what_to_do()
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "create publication todos for table pooled.todos; alter table pooled.todos disable row level security");

        var findings = (await PostureCheck.RunAsync(connection, sample: null, Cancel)).Findings;

        Assert.Equal([PostureSeverity.Error, PostureSeverity.Warning], findings.Select(finding => finding.Severity));
        Assert.Equal("alter table pooled.todos enable row level security", findings[0].Remedy);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string access)
    {
        var connection = new NpgsqlConnection(access);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
