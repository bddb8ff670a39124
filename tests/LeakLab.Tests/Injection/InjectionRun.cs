using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Database;
using TenantPlatform.LeakLab.Http;
using TenantPlatform.LeakLab.Tests.Http;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>The API with holes, over a pool of one connection, under every delivery of the payloads.</summary>
internal static class InjectionRun
{
    private const string ApplicationName = "injection";

    /// <param name="sabotage">Run as the administrator once the API serves: it would not start over a database without isolation.</param>
    /// <returns>The report, and how often the next tenant got the attacker's own connection.</returns>
    public static async Task<(LabReport Report, int SameConnection)> RunAsync(
        DatabaseFixture database, IEnumerable<Payload> payloads, bool resetConnections = true, string? sabotage = null)
    {
        var access = new NpgsqlConnectionStringBuilder(database.AppConnectionString)
        {
            MaxPoolSize = 1,
            ApplicationName = ApplicationName,
            NoResetOnClose = !resetConnections,
        };
        await using var api = new Api(access.ConnectionString, database.SigningKey, Holes.Map);
        await using var admin = Administrator.Of(database);

        if (sabotage is not null)
            await admin.ExecuteAsync(sabotage);

        using var client = new HttpClient { BaseAddress = api.Address };
        var lab = new InjectionLab(client, admin, await SnapshotReader.CreateAsync(admin, Cancel), ApplicationName, Cancel);
        var placeholders = CaptureFrom(database, await lab.CreateSceneAsync());
        var plan = payloads.Select(payload => (Payload: payload, Cells: CellsOf(payload, placeholders))).ToList();
        var report = new LabReport("SQL injection", [.. plan.SelectMany(entry => entry.Cells)]);

        foreach (var (payload, cells) in plan)
        {
            var scene = await lab.CreateSceneAsync();

            foreach (var (cell, (hole, text)) in cells.Zip(payload.Deliveries(CaptureFrom(database, scene))))
                report.Judge(cell, await lab.AttackAsync(scene, hole, text));
        }

        return (report, lab.SameConnection);
    }

    private static Cell[] CellsOf(Payload payload, Capture capture) =>
        [.. payload.Deliveries(capture).Select((delivery, number) => new Cell($"{delivery.Hole} {number}", payload.Sql, payload.Kind))];

    private static Capture CaptureFrom(DatabaseFixture database, Scene scene)
    {
        var (attacker, victim) = (scene.Attacker, scene.Victim);
        var own = database.Signer.Sign(TenantContext.ForTenant(attacker.TenantId, attacker.Owner.UserId));
        return new Capture(
            attacker, victim, own.Replace(attacker.TenantId.ToString(), victim.TenantId.ToString(), StringComparison.Ordinal),
            new ContextMint(database.SigningKey).MintExpired(new ContextClaims("tenant", victim.TenantId, victim.Owner.UserId)));
    }
}
