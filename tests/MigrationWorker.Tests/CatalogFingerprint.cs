using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests;

/// <summary>Everything of a database that a run of the worker could change, as text that can be compared.</summary>
internal static class CatalogFingerprint
{
    private const string Sql = """
        with ours as (select oid, nspname, nspacl from pg_namespace where nspname in ('platform', 'pooled', 'tenancy', 'public')),
        line as (
            select 'schema ' || nspname || ' ' || oid || ' ' || coalesce(nspacl::text, '-') as text from ours
            union all
            select 'relation ' || c.oid::regclass || ' ' || c.oid || ' ' || c.relkind::text || ' ' || c.relowner::regrole || ' ' || coalesce(c.relacl::text, '-')
                || ' ' || c.relrowsecurity || c.relforcerowsecurity
            from pg_class c join ours on ours.oid = c.relnamespace
            union all
            select 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull
                || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a join pg_class c on c.oid = a.attrelid join ours on ours.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attnum > 0
            union all
            select 'constraint ' || k.oid || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k join ours on ours.oid = k.connamespace
            union all
            select 'index ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid join ours on ours.oid = c.relnamespace
            union all
            select 'policy ' || p.oid || ' ' || p.polrelid::regclass || ' ' || p.polname || ' ' || p.polcmd::text || p.polpermissive || p.polroles::text
                || coalesce(pg_get_expr(p.polqual, p.polrelid), '-') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-')
            from pg_policy p
            union all
            select 'function ' || p.oid || ' ' || p.oid::regprocedure || coalesce(p.proacl::text, '-') || md5(pg_get_functiondef(p.oid))
            from pg_proc p join ours on ours.oid = p.pronamespace
            union all
            select 'role ' || r::text from pg_authid r where rolname like 'tp\_%'
            union all
            select 'setting ' || setdatabase || setrole::regrole || setconfig::text from pg_db_role_setting
            union all
            select 'database ' || datname || coalesce(datacl::text, '-') from pg_database where datname = current_database()
            union all
            select 'platform migration ' || m::text from platform.migrations_history m
            union all
            select 'pooled migration ' || m::text from pooled.migrations_history m
            union all
            select 'key ' || k::text from tenancy.signing_keys k
        )
        select string_agg(text, E'\n' order by text) from line
        """;

    public static async Task<string> OfAsync(TestDatabase database) => (await database.Admin.ScalarAsync<string>(Sql))!;
}
