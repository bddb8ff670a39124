namespace TenantPlatform.MigrationWorker.Tests.Keys;

/// <summary>What a plain run of the worker does to keys: it adds the configured one and leaves the others alone.</summary>
[Collection(KeysServer.Collection)]
public sealed class KeyInstallTests(KeysServer server)
{
    [Fact]
    public async Task The_configured_key_joins_the_former_ones()
    {
        var keys = await server.CopyAsync();

        (await keys.RunAsync(KeysDatabase.Second)).RequireSuccess();

        Assert.Equal(("accepted", "accepted"), (await keys.AskAsync(KeysDatabase.First), await keys.AskAsync(KeysDatabase.Second)));
    }

    [Fact]
    public async Task A_configured_key_that_runs_out_is_warned_of()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(KeysDatabase.Second, "keys", "rotate")).RequireSuccess();

        var result = await keys.RunAsync(KeysDatabase.First);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"The configured signing key {KeysDatabase.Id(KeysDatabase.First)} expires at ", result.Output, StringComparison.Ordinal);
        Assert.Equal("expiring", (await keys.StatesAsync(KeysDatabase.First))[KeysDatabase.Id(KeysDatabase.First)]);
    }

    [Fact]
    public async Task A_configured_key_that_has_expired_fails_the_run()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(KeysDatabase.Second, "keys", "rotate", "--overlap", "0")).RequireSuccess();

        await RequireFailedAsync(keys, $"The database is not ready: The configured signing key {KeysDatabase.Id(KeysDatabase.First)} has expired at ");
    }

    [Fact]
    public async Task A_configured_key_that_was_revoked_fails_the_run()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(KeysDatabase.First, "keys", "revoke", KeysDatabase.Id(KeysDatabase.First), "--force")).RequireSuccess();

        await RequireFailedAsync(keys, $"The database is not ready: The configured signing key {KeysDatabase.Id(KeysDatabase.First)} was revoked at ");
    }

    [Fact]
    public async Task A_database_from_before_keys_could_expire_is_brought_up_to_date()
    {
        var keys = await server.CopyAsync();
        await keys.Database.Admin.ExecuteAsync("alter table tenancy.signing_keys drop column expires, drop column revoked");
        Assert.StartsWith("This database has no signing keys yet", (await keys.RunAsync(KeysDatabase.First, "keys", "list")).Output, StringComparison.Ordinal);

        (await keys.RunAsync(KeysDatabase.First)).RequireSuccess();

        Assert.Equal("accepted", await keys.AskAsync(KeysDatabase.First));
        Assert.Equal("signs-new", (await keys.StatesAsync(KeysDatabase.First))[KeysDatabase.Id(KeysDatabase.First)]);
    }

    private static async Task RequireFailedAsync(KeysDatabase keys, string reason)
    {
        var before = await keys.StatesAsync(KeysDatabase.First);

        var result = await keys.RunAsync(KeysDatabase.First);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.Contains("'keys generate'", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, await keys.StatesAsync(KeysDatabase.First));
    }
}
