namespace TenantPlatform.MigrationWorker.Tests.Keys;

[Collection(KeysServer.Collection)]
public sealed class KeysVerbTests(KeysServer server)
{
    private const string Expired = "42501: tenant context is signed with a key that has expired";
    private const string Revoked = "42501: tenant context is signed with a key that was revoked";

    private static readonly string First = KeysDatabase.First;
    private static readonly string Second = KeysDatabase.Second;

    [Fact]
    public async Task Rotating_installs_the_configured_key_and_lets_the_former_one_run_out()
    {
        var keys = await server.CopyAsync();

        var result = await keys.RunAsync(Second, "keys", "rotate", "--overlap", "30m");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Key {KeysDatabase.Id(Second)} is installed and does not expire.", result.Output, StringComparison.Ordinal);
        Assert.Contains($"Key {KeysDatabase.Id(First)} is accepted until ", result.Output, StringComparison.Ordinal);
        Assert.Equal(new() { [KeysDatabase.Id(First)] = "expiring", [KeysDatabase.Id(Second)] = "signs-new" }, await keys.StatesAsync(Second));
        Assert.Equal(("accepted", "accepted"), (await keys.AskAsync(First), await keys.AskAsync(Second)));
        Assert.Equal(30, await keys.Database.Admin.ScalarAsync<int>(
            "select round(extract(epoch from expires - now()) / 60)::int from tenancy.signing_keys where expires is not null"));
    }

    [Fact]
    public async Task Rotating_without_overlap_refuses_the_former_key_at_once()
    {
        var keys = await server.CopyAsync();

        var result = await keys.RunAsync(Second, "keys", "rotate", "--overlap", "0");

        Assert.Contains($"Key {KeysDatabase.Id(First)} is refused from now on (42501).", result.Output, StringComparison.Ordinal);
        Assert.Equal((Expired, "accepted"), (await keys.AskAsync(First), await keys.AskAsync(Second)));
        Assert.Equal(new() { [KeysDatabase.Id(First)] = "expired", [KeysDatabase.Id(Second)] = "signs-new" }, await keys.StatesAsync(Second));
    }

    [Fact]
    public async Task Rotating_again_within_the_overlap_never_prolongs_it()
    {
        const string End = "select expires from tenancy.signing_keys where expires is not null";
        var keys = await server.CopyAsync();
        (await keys.RunAsync(Second, "keys", "rotate", "--overlap", "30m")).RequireSuccess();
        var end = await keys.Database.Admin.ScalarAsync<DateTime>(End);

        (await keys.RunAsync(Second, "keys", "rotate", "--overlap", "2d")).RequireSuccess();

        Assert.Equal(end, await keys.Database.Admin.ScalarAsync<DateTime>(End));
    }

    [Fact]
    public async Task Rotating_back_within_the_overlap_keeps_the_former_key()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(Second, "keys", "rotate")).RequireSuccess();

        (await keys.RunAsync(First, "keys", "rotate", "--overlap", "0")).RequireSuccess();

        Assert.Equal(new() { [KeysDatabase.Id(First)] = "signs-new", [KeysDatabase.Id(Second)] = "expired" }, await keys.StatesAsync(First));
    }

    [Fact]
    public async Task Rotating_to_the_key_that_is_in_use_is_refused_with_what_to_do()
    {
        var keys = await server.CopyAsync();

        var result = await keys.RunAsync(First, "keys", "rotate");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Nothing to rotate: the configured key {KeysDatabase.Id(First)} is the only one that is accepted. ", result.Output, StringComparison.Ordinal);
        Assert.Equal("accepted", await keys.AskAsync(First));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(Second)).RequireSuccess();

        var result = await keys.RunAsync(Second, "keys", "revoke", KeysDatabase.Id(First));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal((Revoked, "accepted"), (await keys.AskAsync(First), await keys.AskAsync(Second)));
        Assert.Equal("revoked", (await keys.StatesAsync(Second))[KeysDatabase.Id(First)]);
    }

    [Fact]
    public async Task The_configured_key_is_revoked_only_by_force()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(Second)).RequireSuccess();

        var refused = await keys.RunAsync(Second, "keys", "revoke", KeysDatabase.Id(Second));
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"Key {KeysDatabase.Id(Second)} is the one that services sign with", refused.Output, StringComparison.Ordinal);
        Assert.Equal("accepted", await keys.AskAsync(Second));

        (await keys.RunAsync(Second, "keys", "revoke", KeysDatabase.Id(Second), "--force")).RequireSuccess();
        Assert.Equal(Revoked, await keys.AskAsync(Second));
    }

    [Fact]
    public async Task The_last_key_that_is_accepted_is_revoked_only_by_force()
    {
        var keys = await server.CopyAsync();

        Assert.Equal(1, (await keys.RunAsync(Second, "keys", "revoke", KeysDatabase.Id(First))).ExitCode);
        Assert.Equal("accepted", await keys.AskAsync(First));
    }

    [Fact]
    public async Task A_key_that_does_not_exist_cannot_be_revoked()
    {
        var keys = await server.CopyAsync();

        var result = await keys.RunAsync(First, "keys", "revoke", "00000000");

        Assert.Equal((1, "There is no signing key '00000000'. 'keys list' shows those there are."), (result.ExitCode, result.Output));
    }
}
