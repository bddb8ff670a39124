-- Stands in front of other queries: a mark of all that scripts, not migrations, give to the tables of pooled, and schemas of single
-- tenants take over from there.

with likeness as (
    select 'like pooled ' || md5(string_agg(concat_ws(' ', c.relname, given.what), ',' order by c.relname, given.what)) as mark
    from pg_depend d
    join pg_class c on c.oid = d.objid and c.relkind in ('r', 'p')
    cross join lateral (
        select lower(g.privilege_type) from aclexplode(c.relacl) g where g.grantee = (select oid from pg_roles where rolname = 'tp_app')
        union all
        select a.attname || ' ' || coalesce(a.attstattarget, -1) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        union all
        select p.polname from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_access'
    ) given (what)
    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'pooled'::regnamespace and d.classid = 'pg_class'::regclass
),
