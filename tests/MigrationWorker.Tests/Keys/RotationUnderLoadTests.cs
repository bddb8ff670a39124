using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Keys;

/// <summary>A key is replaced while two services work without a pause; docs/operations.md tells people to do the same.</summary>
[Collection(KeysServer.Collection)]
public sealed class RotationUnderLoadTests(KeysServer server, ITestOutputHelper output)
{
    private const string Expired = "42501: tenant context is signed with a key that has expired";
    private const int Phase = 800;

    private static readonly string First = KeysDatabase.First;
    private static readonly string Second = KeysDatabase.Second;

    [Fact]
    public async Task A_key_is_rotated_without_one_failed_operation()
    {
        var (keys, tenants) = await PrepareAsync();
        await using var early = new Replica(keys, First, tenants);
        await using var late = new Replica(keys, First, tenants);
        await Task.WhenAll(early.WorkOnAsync(Phase), late.WorkOnAsync(Phase));

        (await keys.RunAsync(Second, "keys", "rotate", "--overlap", "1h")).RequireSuccess();
        await Task.WhenAll(early.WorkOnAsync(Phase), late.WorkOnAsync(Phase));
        early.SwitchTo(Second);
        await Task.WhenAll(early.WorkOnAsync(Phase), late.WorkOnAsync(Phase));
        Assert.Equal((KeysDatabase.Id(Second), KeysDatabase.Id(First)), (early.KeyId, late.KeyId));
        late.SwitchTo(Second);
        await late.WorkOnAsync(Phase);
        (await keys.RunAsync(Second, "keys", "rotate", "--overlap", "0")).RequireSuccess();
        await Task.WhenAll(early.WorkOnAsync(Phase), late.WorkOnAsync(Phase));

        await Task.WhenAll(early.StopAsync(), late.StopAsync());
        output.WriteLine($"{early.Operations + late.Operations} operations, {early.Failures.Count + late.Failures.Count} failures");
        Assert.Empty(early.Failures);
        Assert.Empty(late.Failures);
        Assert.Equal((Expired, "accepted"), (await keys.AskAsync(First), await keys.AskAsync(Second)));
    }

    [Fact]
    public async Task A_replica_that_misses_the_overlap_fails_alone_and_recovers_with_the_key()
    {
        var (keys, tenants) = await PrepareAsync();
        await using var switched = new Replica(keys, First, tenants);
        await using var missed = new Replica(keys, First, tenants);
        (await keys.RunAsync(Second, "keys", "rotate")).RequireSuccess();
        switched.SwitchTo(Second);
        await Task.WhenAll(switched.WorkOnAsync(Phase), missed.WorkOnAsync(Phase));
        Assert.Empty(missed.Failures);

        (await keys.RunAsync(Second, "keys", "revoke", KeysDatabase.Id(First))).RequireSuccess();
        await Task.WhenAll(switched.WorkOnAsync(Phase), missed.WorkOnAsync(Phase));

        AssertRefusedSinceRevoked(missed.Failures);
        missed.SwitchTo(Second);
        await missed.WorkOnAsync(Phase);
        var failures = missed.Failures.Count;
        await missed.WorkOnAsync(Phase);
        Assert.InRange(missed.Failures.Count, 1, failures);
        Assert.Empty(switched.Failures);
    }

    // Whoever is at work when the key is revoked finds no rows any more, or may write none; everybody after them is told why.
    private static void AssertRefusedSinceRevoked(IEnumerable<Exception> failures)
    {
        var inFlight = failures.Where(failure => failure is RowsHiddenException || Refusal(failure).StartsWith("new row violates row-level security", StringComparison.Ordinal)).ToList();
        Assert.InRange(inFlight.Count, 0, Replica.Workers);
        Assert.All(failures.Except(inFlight), failure => Assert.Equal("tenant context is signed with a key that was revoked", Refusal(failure)));
    }

    private static string Refusal(Exception failure)
    {
        var refusal = Assert.IsType<PostgresException>(failure as PostgresException ?? failure.InnerException);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        return refusal.MessageText;
    }

    private async Task<(KeysDatabase Keys, IReadOnlyList<TestTenant> Tenants)> PrepareAsync()
    {
        var keys = await server.CopyAsync();
        (await keys.RunAsync(First)).RequireSuccess();
        await using var app = new AppAccess(keys.Database.App, First);
        var tenants = new List<TestTenant>();

        for (var i = 0; i < 5; i++)
            tenants.Add(await app.CreateTenantAsync(Cancel));

        return (keys, tenants);
    }
}
