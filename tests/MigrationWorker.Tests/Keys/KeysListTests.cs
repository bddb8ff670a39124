using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Keys;

[Collection(KeysServer.Collection)]
public sealed class KeysListTests(KeysServer server)
{
    [Fact]
    public async Task The_list_says_what_becomes_of_each_key_and_shows_no_secret()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(KeysDatabase.Second, "keys", "rotate")).RequireSuccess();

        var result = await keys.RunAsync(KeysDatabase.Second, "keys", "list");
        var lines = result.Output.Split('\n');

        Assert.Equal(0, result.ExitCode);
        Assert.Matches("^id +created +expires +state$", lines[0]);
        Assert.Matches($@"^{KeysDatabase.Id(KeysDatabase.First)}  [\d: -]+Z  [\d: -]+Z  expires at [\d: -]+Z$", lines[1]);
        Assert.Matches($@"^{KeysDatabase.Id(KeysDatabase.Second)}  [\d: -]+Z  - +signs-new \(configured\)$", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task A_configured_key_that_is_not_installed_is_said()
    {
        var keys = await server.CopyAsync();

        var result = await keys.RunAsync(KeysDatabase.Second, "keys", "list");

        Assert.Contains($"The configured key {KeysDatabase.Id(KeysDatabase.Second)} is not installed: ", result.Output, StringComparison.Ordinal);
        Assert.Equal("valid", (await keys.StatesAsync(KeysDatabase.Second))[KeysDatabase.Id(KeysDatabase.First)]);
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_said()
    {
        var empty = await server.CreateEmptyAsync();

        var result = await empty.RunAsync(KeysDatabase.First, "keys", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("This database has no signing keys yet", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_generated_secret_is_new_and_usable_without_a_database()
    {
        var settings = new WorkerSettings { Arguments = ["keys", "generate"] };
        var results = await Task.WhenAll(WorkerProcess.RunAsync(settings, Cancel), WorkerProcess.RunAsync(settings, Cancel));
        var secrets = results.Select(result => Assert.Single(result.Output.Split('\n'), line => line.Length == 64)).ToList();

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.All(secrets, secret => Assert.Matches("^[A-Za-z0-9]{64}$", secret));
        Assert.NotEqual(secrets[0], secrets[1]);
        Assert.Contains($"'keys list' will show it as {KeysDatabase.Id(secrets[0])}.", results[0].Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("lst")]
    [InlineData("list", "--xml")]
    [InlineData("revoke")]
    [InlineData("rotate", "--overlap")]
    [InlineData("rotate", "--overlap", "")]
    [InlineData("rotate", "--overlap", "h")]
    [InlineData("rotate", "--overlap", "5")]
    [InlineData("rotate", "--overlap", "-5m")]
    [InlineData("rotate", "--overlap", "1.5h")]
    [InlineData("rotate", "--overlap", "5hm")]
    [InlineData("rotate", "--overlap", "999999999d")]
    public async Task Anything_else_is_refused_with_what_there_is(params string[] arguments)
    {
        var result = await WorkerProcess.RunAsync(new WorkerSettings { Arguments = ["keys", .. arguments] }, Cancel);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("keys rotate [--overlap 1h]", result.Output, StringComparison.Ordinal);
    }
}
