namespace TenantPlatform.Schema.Tests;

/// <summary>What a tenant table must be like so that Citus could distribute it, as far as a catalog can show it.</summary>
internal static class CitusRules
{
    private const string TenantTable =
        "(select c.oid, c.oid::regclass::text as name from pg_class c where c.relnamespace = 'pooled'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migrations_history') t";

    private const string TenantColumn = "join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' and not a.attisdropped";

    public static readonly CatalogRule[] All =
    [
        new("tenant_id is a uuid and not null",
            $"select t.name from {TenantTable} left {TenantColumn} where a.atttypid is distinct from 'uuid'::regtype or not a.attnotnull",
            "create table pooled.bad (tenant_id uuid)"),
        new("tenant_id leads the primary key",
            $"select t.name from {TenantTable} left {TenantColumn} where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p' and k.conkey[1] = a.attnum)",
            "alter table pooled.todos drop constraint pk_todos, add primary key (id)"),
        new("tenant_id leads every unique index and exclusion constraint",
            $"select t.name, i.indexrelid::regclass from {TenantTable} left {TenantColumn} join pg_index i on i.indrelid = t.oid where (i.indisunique or i.indisexclusion) and i.indkey[0] is distinct from a.attnum",
            "create unique index bad on pooled.todos (title)"),
        new("tenant_id leads every other index too",
            $"select t.name, i.indexrelid::regclass from {TenantTable} left {TenantColumn} join pg_index i on i.indrelid = t.oid where i.indkey[0] is distinct from a.attnum",
            "create index bad on pooled.todos (title)"),
        new("a foreign key between tables with tenant_id pairs tenant_id with tenant_id, first",
            """
            select k.conrelid::regclass, k.conname
            from pg_constraint k
            join pg_attribute own on own.attrelid = k.conrelid and own.attname = 'tenant_id' and not own.attisdropped
            join pg_attribute other on other.attrelid = k.confrelid and other.attname = 'tenant_id' and not other.attisdropped
            where k.contype = 'f' and (k.conkey[1] <> own.attnum or k.confkey[1] <> other.attnum)
            """,
            "alter table pooled.todos add unique (id), add foreign key (id) references pooled.todos (id)"),
        new("no foreign key of a tenant table sets null or a default",
            $"select t.name, k.conname from {TenantTable} join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' where k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd', 'c')",
            "alter table pooled.todos add foreign key (tenant_id, assigned_to) references platform.tenant_users on delete set null (assigned_to)"),
        new("no foreign key leads from the control plane to a tenant table",
            $"select k.conrelid::regclass, k.conname from {TenantTable} join pg_constraint k on k.confrelid = t.oid and k.contype = 'f' where k.connamespace <> 'pooled'::regnamespace",
            "alter table platform.tenants add column favourite uuid, add foreign key (id, favourite) references pooled.todos"),
        new("no triggers on tenant tables",
            $"select t.name, g.tgname from {TenantTable} join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal",
            "create function pooled.noop() returns trigger language plpgsql as 'begin return new; end'; create trigger spy before insert on pooled.todos for each row execute function pooled.noop()"),
        new("one policy, byte-identical on all tenant tables",
            $"""
            select count(*), min(p.polname), max(p.polname)
            from {TenantTable} left join pg_policy p on p.polrelid = t.oid and p.polname <> 'owner_access'
            having count(distinct (p.polname, p.polcmd, p.polpermissive, p.polroles::text, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))) <> 1
                or count(*) <> count(distinct t.oid) or bool_or(p.oid is null)
            """,
            "create table pooled.bad (tenant_id uuid); create policy tenant_isolation on pooled.bad using (tenant_id = tenancy.tenant_id())"),
        new("no table is read inside a policy",
            "select p.polrelid::regclass, p.polname, d.refobjid::regclass from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> p.polrelid",
            "create policy bad on platform.users using (exists (select from platform.tenants))"),
        new("no default is volatile",
            $"""
            select t.name, pg_get_expr(d.adbin, d.adrelid)
            from {TenantTable} join pg_attrdef d on d.adrelid = t.oid
            where exists (select from pg_proc f where f.provolatile = 'v' and pg_get_expr(d.adbin, d.adrelid) ~ ('\m' || f.proname || '\('))
            """,
            "alter table pooled.todos alter column id set default gen_random_uuid()"),
        new("settings are made with set local, not set_config",
            "select p.oid::regprocedure from pg_proc p where p.pronamespace::regnamespace::text in ('tenancy', 'platform', 'pooled') and p.prosrc ~* 'set_config'",
            "create function tenancy.bad() returns text language sql as $$ select set_config('tenancy.context', '', true) $$"),
        new("no identity columns and no sequences",
            $"select t.name, a.attname from {TenantTable} join pg_attribute a on a.attrelid = t.oid where a.attidentity <> '' union all select c.oid::regclass::text, '' from pg_class c where c.relkind = 'S' and c.relnamespace = 'pooled'::regnamespace",
            "alter table pooled.todos add column number int generated always as identity"),
    ];
}
