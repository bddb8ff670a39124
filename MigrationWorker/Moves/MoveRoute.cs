using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// From where to where, as SQL over one table at a time. $1 is always the tenant. Whether a row was written since a mark is told by
/// its xmin, compared by age, so that epochs do not matter: very old rows may be taken for new ones, never the reverse.
/// </summary>
internal sealed class MoveRoute(MovingTenant tenant, string source, string target)
{
    public MovingTenant Tenant => tenant;

    public string Target => target;

    /// <summary>$2 is the id after which to go on. Rows whose principals are not there yet are left to the next catch-up.</summary>
    /// <returns>How many, and the last of them.</returns>
    public string CopyAfter(MoveTable table, int? limit) => $"""
        with copied as ({Insert(table)} where s.tenant_id = $1 and s.id > $2{PrincipalsExist(table)} order by s.id {(limit is null ? "" : $"limit {limit}")} returning id)
        select count(*), (select id from copied order by id desc limit 1) from copied
        """;

    public string LastAtTarget(MoveTable table) => $"select id from {AtTarget(table)} where tenant_id = $1 order by id desc limit 1";

    public string CountAtSource(MoveTable table) => $"select count(*) from {AtSource(table)} where tenant_id = $1";

    /// <summary>$2 is the mark. Missing at the target, gone from the source, or written since the mark; and how many there are at the source.</summary>
    public string Differences(MoveTable table) => $"""
        select coalesce(array_agg(coalesce(s.id, t.id)) filter (where t.id is null or s.id is null or s.changed), array[]::uuid[]), count(s.id)
        from (select id, {Changed} as changed from {AtSource(table)} where tenant_id = $1) s
        full join (select id from {AtTarget(table)} where tenant_id = $1) t on t.id = s.id
        """;

    /// <summary>$2 are ids of principals.</summary>
    public string Dependents(MoveTable table, MoveReference reference) =>
        $"select id from {AtTarget(table)} where tenant_id = $1 and {Quote(reference.Column)} = any ($2)";

    /// <summary>$2 are ids.</summary>
    public string Delete(MoveTable table) => $"delete from {AtTarget(table)} where tenant_id = $1 and id = any ($2)";

    /// <summary>$2 are ids.</summary>
    public string InsertThose(MoveTable table) => $"{Insert(table)} where s.tenant_id = $1 and s.id = any ($2){PrincipalsExist(table)}";

    /// <summary>$2 is the mark. How many rows that were not written since are not the same, byte for byte, at the target.</summary>
    public string CountUnlike(MoveTable table) => Unlike(table, $"not {Changed.Replace("xmin", "s.xmin", StringComparison.Ordinal)}");

    /// <summary>$2 are ids; how many of them are not the same at the target, and how many rows it has in all.</summary>
    public string CountUnlikeThose(MoveTable table) =>
        $"select ({Unlike(table, "s.id = any ($2)")}), (select count(*) from {AtTarget(table)} where tenant_id = $1)";

    public string Analyze(MoveTable table) => $"analyze {AtTarget(table)}";

    public static string SchemaFor(string placement, string tenantKey) =>
        placement == TenantPlacement.Pooled ? TenantDbContext.PooledSchema : SchemaLedger.NameFor(tenantKey);

    private const string Changed = "age(xmin) <= age($2)";

    private string Unlike(MoveTable table, string which) => $"""
        select count(*) from {AtSource(table)} s left join {AtTarget(table)} t on t.tenant_id = s.tenant_id and t.id = s.id
        where s.tenant_id = $1 and {which} and (t.id is null or {Image(table, "s")} *<> {Image(table, "t")})
        """;

    private string Insert(MoveTable table) =>
        $"insert into {AtTarget(table)} ({Columns(table, "")}) select {Columns(table, "s.")} from {AtSource(table)} s";

    private string PrincipalsExist(MoveTable table) => string.Concat(table.References.Where(reference => reference.Principal != table.Name).Select(reference =>
        $" and (s.{Quote(reference.Column)} is null or exists (select from {Quote(target)}.{Quote(reference.Principal)} p where p.tenant_id = $1 and p.id = s.{Quote(reference.Column)}))"));

    // The cast keeps PostgreSQL from comparing column by column, which knows no such operator.
    private static string Image(MoveTable table, string alias) => $"row({Columns(table, $"{alias}.")})::record";

    private static string Columns(MoveTable table, string prefix) => string.Join(", ", table.Columns.Select(column => prefix + Quote(column)));

    private string AtSource(MoveTable table) => $"{Quote(source)}.{Quote(table.Name)}";

    private string AtTarget(MoveTable table) => $"{Quote(target)}.{Quote(table.Name)}";

    private static string Quote(string identifier) => new NpgsqlCommandBuilder().QuoteIdentifier(identifier);
}
