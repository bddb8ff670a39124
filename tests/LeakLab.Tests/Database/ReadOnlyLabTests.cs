using System.Text.Json;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Database.ReadOnly;

namespace TenantPlatform.LeakLab.Tests.Database;

/// <summary>The lab as a program, against a database that it did not make.</summary>
[Collection(LabServerTests.Name)]
public sealed class ReadOnlyLabTests(LabServer server) : IAsyncLifetime
{
    private const string Id = "0198c0de-0000-7000-8000-000000000000";

    // Rows with the transactions that wrote or locked them, and what PostgreSQL counted, rolled back or not.
    // Above READ COMMITTED a unit of work holds its tenant's row as long as it lasts, which leaves an xmax there and changes nothing.
    private const string Trace = """
        select string_agg(format('%s %s', t.relname, query_to_xml(format('select count(*), md5(string_agg(concat(xmin, %s, r::text), '''' order by r::text)) from %I.%I r',
            case t.relname when 'tenants' then '0' else 'xmax' end, t.schemaname, t.relname), false, true, '')),
            '' order by t.schemaname, t.relname)
            || sum(t.n_tup_ins + t.n_tup_upd + t.n_tup_del) from pg_stat_user_tables t
        """;

    private TestDatabase database = null!;

    private string[] Deployment =>
    [
        "--connection", database.App,
        "--tenant", server.Subjects.Attacker.TenantId.ToString(),
        "--other-tenant", server.Subjects.Victim.TenantId.ToString(),
        "--user", server.Subjects.Attacker.UserId.ToString(),
    ];

    private string[] WithKey => [.. Deployment, "--signing-key", server.Server.SigningKey];

    public async ValueTask InitializeAsync() => database = await server.CopyAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_deployment_is_attacked_without_a_trace()
    {
        var before = await ScalarAsync(Trace);

        var (exitCode, output, errors) = await RunAsync(WithKey);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("0 leaks", output, StringComparison.Ordinal);
        Assert.Contains("rolled back", output, StringComparison.Ordinal);
        await UntilGoneAsync();
        Assert.Equal(before, await ScalarAsync(Trace));
    }

    [Fact]
    public async Task Without_a_signing_key_only_what_needs_none_is_tried()
    {
        var (exitCode, output, _) = await RunAsync([.. Deployment, "--tables", "todos,users"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("cells: Without a signing key nobody can be entered.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_is_told_by_the_exit_code_and_even_then_nothing_is_written()
    {
        await LabServer.ExecuteAsync(database, "alter table pooled.todos disable row level security", Cancel);
        const string Rows = "select string_agg(r::text, '' order by r::text) from pooled.todos r";
        var before = await ScalarAsync(Rows);

        var (exitCode, output, _) = await RunAsync([.. WithKey, "--tables", "todos,settings", "--json"]);

        Assert.Equal(1, exitCode);
        var leaks = JsonDocument.Parse(output).RootElement.GetProperty("leaks").EnumerateArray().ToList();
        Assert.Contains(leaks, leak => leak.GetProperty("action").GetString() == "delete" && leak.GetProperty("attack").GetString() == "no context");
        Assert.All(leaks, leak => Assert.Equal("pooled.todos", leak.GetProperty("target").GetString()));
        Assert.Equal(before, await ScalarAsync(Rows));
    }

    [Fact]
    public async Task A_privileged_connection_is_refused()
    {
        foreach (var privileged in new[] { database.Admin, database.Owner })
        {
            var (exitCode, _, errors) = await RunAsync([.. WithKey.Select(argument => argument == database.App ? privileged : argument)]);

            Assert.Equal(2, exitCode);
            Assert.Contains("give the connection string of tp_app", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_not_the_deployments_is_refused()
    {
        var (exitCode, _, errors) = await RunAsync([.. Deployment, "--signing-key", new string('x', 32)]);

        Assert.Equal(2, exitCode);
        Assert.Contains("does not accept what --signing-key signs", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--connection is missing: see --help.")]
    [InlineData("\"--tenant\" is not an option, or lacks its value: see --help.", "--tenant")]
    [InlineData("--tenant is the id of a tenant or user, a UUID, and not \"acme\".", "--connection", "x", "--tenant", "acme")]
    [InlineData("\"toodos\" is not the name of a table with rows of tenants or people.", "--connection", "x", "--tenant", Id, "--other-tenant", Id, "--tables", "todos,toodos")]
    public async Task Wrong_arguments_are_explained(string explanation, params string[] arguments)
    {
        var (exitCode, _, errors) = await RunAsync(arguments);

        Assert.Equal((2, explanation), (exitCode, errors));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var exitCode = await LabCommand.ExecuteAsync(arguments, output, errors, Cancel);
        return (exitCode, output.ToString().Trim(), errors.ToString().Trim());
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(Cancel))?.ToString() ?? "";
    }

    // A server process hands in its statistics when it ends, a moment after its client has gone.
    private async Task UntilGoneAsync()
    {
        while (await ScalarAsync("select count(*) from pg_stat_activity where usename = 'tp_app' and datname = current_database()") != "0")
            await Task.Delay(20, Cancel);
    }
}
