using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>What outlives a connection and belongs to no tenant: roles, their settings, and every object of the database.</summary>
internal static class ServerState
{
    private const string Query = """
        select concat_ws(E'\n',
            (select string_agg(r::text, E'\n' order by r.rolname) from pg_authid r),
            (select string_agg(m::text, E'\n' order by m.oid) from pg_auth_members m),
            (select string_agg(s::text, E'\n' order by s.setdatabase, s.setrole) from pg_db_role_setting s),
            (select string_agg(concat_ws(' ', c.oid, c.relname, c.relacl, c.relrowsecurity, c.relforcerowsecurity), E'\n' order by c.oid)
             from pg_class c where c.relnamespace::regnamespace::text !~ '^pg_toast'),
            (select string_agg(concat_ws(' ', p.oid, p.proname, p.prosrc, p.proacl, p.proconfig), E'\n' order by p.oid) from pg_proc p where p.oid > 16384),
            (select string_agg(p::text, E'\n' order by p.oid) from pg_policy p),
            (select string_agg(n::text, E'\n' order by n.oid) from pg_namespace n where n.nspname !~ '^pg_'),
            (select string_agg(k::text, E'\n' order by k.id) from tenancy.signing_keys k),
            (select string_agg('extension ' || e.extname, E'\n' order by e.oid) from pg_extension e),
            (select string_agg('operator ' || o.oid, E'\n' order by o.oid) from pg_operator o where o.oid > 16384),
            (select string_agg('cast ' || c.oid, E'\n' order by c.oid) from pg_cast c where c.oid > 16384),
            (select string_agg('type ' || t.typname, E'\n' order by t.oid) from pg_type t where t.oid > 16384),
            (select string_agg('large object ' || l.oid, E'\n' order by l.oid) from pg_largeobject_metadata l),
            (select string_agg('platform user ' || u.user_id, E'\n' order by u.user_id) from platform.platform_users u),
            (select string_agg('prepared ' || x.gid, E'\n') from pg_prepared_xacts x),
            (select string_agg(concat_ws(' ', f.name, f.setting), E'\n') from pg_file_settings f where f.sourcefile ~ 'auto.conf$'))
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource admin, CancellationToken cancellationToken)
    {
        await using var command = admin.CreateCommand(Query);
        return ((string)(await command.ExecuteScalarAsync(cancellationToken))!).Split('\n');
    }

    /// <summary>A line that only one of them has, or null.</summary>
    public static string? Difference(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        before.Except(after).Select(line => $"gone: {line}").Concat(after.Except(before).Select(line => $"new: {line}")).FirstOrDefault();
}
