using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Tests.Http;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>The lab sees what injected SQL could do if one of the things that stop it were missing.</summary>
public sealed class InjectionMutationTests(DatabaseFixture database, ITestOutputHelper output) : IClassFixture<DatabaseFixture>
{
    private const string LeftBehind = "set default_transaction_read_only = on; commit";

    private static readonly (string Name, string Break, string Restore, string Payload)[] Mutations =
    [
        ("row-level security is off", "alter table pooled.todos disable row level security", "alter table pooled.todos enable row level security",
            "select string_agg(t::text, ',') from pooled.todos t"),
        ("the app's role is a member of the owner's", "grant tp_owner to tp_app with inherit false", "revoke tp_owner from tp_app", "set role tp_owner"),
        ("the keys can be read", "grant usage on schema tenancy to tp_app; grant all on tenancy.signing_keys to tp_app", "revoke all on tenancy.signing_keys from tp_app; delete from tenancy.signing_keys where id = 'mine'",
            "insert into tenancy.signing_keys (id, inner_pad, outer_pad) values ('mine', sha256('')||sha256(''), sha256('')||sha256(''))"),
        ("objects can be made", "grant create on schema pooled to tp_app", "revoke create on schema pooled from tp_app; drop table pooled.mine", "create table pooled.mine (id int)"),
        ("the app's role is a superuser", "alter role tp_app superuser", "alter role tp_app nosuperuser; drop role intruder", "create role intruder superuser login"),
        ("large objects can be made", "grant execute on function lo_from_bytea(oid, bytea) to public",
            "revoke execute on function lo_from_bytea(oid, bytea) from public; select lo_unlink(oid) from pg_largeobject_metadata",
            "select lo_from_bytea(0, 'x')::text; commit"),
    ];

    [Fact]
    public async Task Every_protection_that_is_taken_away_is_missed()
    {
        await using var admin = Administrator.Of(database);
        var survivors = new List<string>();

        foreach (var mutation in Mutations)
        {
            var (report, _) = await InjectionRun.RunAsync(database, All.Where(payload => payload.Sql == mutation.Payload), sabotage: mutation.Break);
            await admin.ExecuteAsync(mutation.Restore);
            Count(mutation.Name, report, survivors);
        }

        var (dirty, _) = await InjectionRun.RunAsync(database, All.Where(payload => payload.Sql == LeftBehind), resetConnections: false);
        Count("connections are not reset", dirty, survivors);

        output.WriteLine($"Injection mutations: {Mutations.Length + 1 - survivors.Count} of {Mutations.Length + 1} killed");
        Assert.Empty(survivors);
    }

    private static IEnumerable<Payload> All => Payloads.All.Concat(Thefts.All);

    private void Count(string name, LabReport report, List<string> survivors)
    {
        output.WriteLine($"{name}: {(report.Leaks.Count > 0 ? $"killed, {report.Leaks[0].Cell}" : "SURVIVED")}");

        if (report.Leaks.Count == 0)
            survivors.Add(name);
    }
}
