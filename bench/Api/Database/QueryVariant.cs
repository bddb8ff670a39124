using Npgsql;
using TenantPlatform.Bench.Servers;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Bench.Api.Database;

/// <summary>A way of reading one tenant's newest todos on one connection.</summary>
/// <param name="Enter">What tells the database whose they are, before each query; null when nothing does.</param>
/// <param name="IsOneTrip">Whether that, and the transaction around it, travels with the query.</param>
internal sealed record QueryVariant(string Name, Func<BenchDatabase, string> Connection, string? Enter, bool IsOneTrip, bool IsSigned = false)
{
    /// <summary>A role of the benchmark's own, whose policy trusts a plain setting.</summary>
    public const string SettingRole = "bench_setting";

    private const string SetSetting = "select set_config('bench.tenant', $1, true)";
    private const string EnterContext = "call tenancy.enter($1)";

    public static IReadOnlyList<QueryVariant> All { get; } =
    [
        new("no row-level security", database => database.Owner, null, IsOneTrip: true),
        new("plain setting, one batch", SettingConnection, SetSetting, IsOneTrip: true),
        new("plain setting, separate trips", SettingConnection, SetSetting, IsOneTrip: false),
        new("signed context, one batch", database => database.App, EnterContext, IsOneTrip: true, IsSigned: true),
        new("signed context, separate trips", database => database.App, EnterContext, IsOneTrip: false, IsSigned: true),
    ];

    /// <summary>Where the rows are that the variant reads.</summary>
    public string Schema => Enter is SetSetting ? "bench" : "pooled";

    private static string SettingConnection(BenchDatabase database) =>
        new NpgsqlConnectionStringBuilder(database.App) { Username = SettingRole }.ConnectionString;

    public string ArgumentFor(Seat caller, TenantContextSigner signer) =>
        IsSigned ? signer.Sign(TenantContext.ForTenant(caller.TenantId, caller.UserId)) : caller.TenantId.ToString();
}
