using TenantPlatform.EmbeddedPostgres.Npm;
using TenantPlatform.EmbeddedPostgres.Sql;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class SqlCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Role_is_found_with_and_without_its_prefix()
    {
        var file = ServiceFile.Parse("file", ["# comment", "[tp_owner]", "user = tp_owner", "password=a=b", "", "[tp_app]", "user=tp_app"]);

        Assert.Equal("a=b", file.Find("owner").Values["password"]);
        Assert.Equal("tp_app", file.Find("tp_app").Values["user"]);
        Assert.Contains("choose one of tp_owner, tp_app", Assert.Throws<EmbeddedPostgresException>(() => file.Find("root")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_says_to_start_the_AppHost()
    {
        await using var sql = new Wrapper(["sql", "app", "--service-file", folder["none"]]);

        Assert.Equal(1, await sql.ExitAsync());
        Assert.Contains("start the AppHost first", sql.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_in_session_goes_on_after_an_error_and_names_its_sqlstate()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var connection = new Npgsql.NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var session = new SqlSession(connection, new StringReader("select nonsense;\nselect 1 as number,\n null as nothing;\n\\q\nselect 2;"), output, errors);

        Assert.Equal(0, await session.RunAsync(interactive: false));

        Assert.StartsWith("ERROR 42703: column \"nonsense\" does not exist", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("number | nothing\n-------+--------\n1      |\n(1 row)\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_command_runs_as_the_role_with_and_without_psql(bool withPsql)
    {
        Assert.SkipWhen(withPsql && ChildProcess.Find("psql") is null, "psql is not installed");
        await using var server = await EmbeddedPostgresServer.StartAsync(new() { Password = "secret" }, TestContext.Current.CancellationToken);
        await server.ExecuteAsync("create role tp_app login password 'other'");
        await File.WriteAllTextAsync(folder["services"], $"[tp_app]\nhost={server.Host}\nport={server.Port}\ndbname=postgres\nuser=tp_app\npassword=other\n", TestContext.Current.CancellationToken);
        (string, string)[] environment = withPsql ? [] : [("PATH", folder.Path)];

        await using var sql = new Wrapper(["sql", "app", "--service-file", folder["services"], "-c", "select current_user || '!' as me"], environment);

        Assert.Equal(0, await sql.ExitAsync());
        Assert.Contains("tp_app!", sql.Output, StringComparison.Ordinal);
    }
}
