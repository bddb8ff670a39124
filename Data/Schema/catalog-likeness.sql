-- What the model says nothing of, and must yet be the same in every schema of the tenant plane.
with part as materialized (
    select n.nspname as schema, d.classid, d.objid
    from pg_namespace n
    join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid
    where n.nspname = $1
),
relation as materialized (
    select c.oid, c.relowner, p.schema || '.' || c.relname as name
    from part p
    join pg_class c on c.oid = p.objid
    where p.classid = 'pg_class'::regclass and c.relkind in ('r', 'p') and c.relname <> 'migrations_history'
)
select 'schema' as kind, n.nspname::text as owner, '' as name, 'owner' as aspect, 'owned by ' || pg_get_userbyid(n.nspowner) as value
from pg_namespace n where n.nspname = $1
union all
select 'table', name, '', 'owner', 'owned by ' || pg_get_userbyid(relowner)
from relation
union all
select 'column', r.name, a.attname, 'statistics', 'with statistics target ' || coalesce(a.attstattarget, -1)
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
union all
-- For an owner without BYPASSRLS.
select 'policy', r.name, p.polname, 'definition', 'for tp_owner'
from relation r
join pg_policy p on p.polrelid = r.oid
where p.polname = 'owner_access' and p.polroles = array[r.relowner]
union all
-- Functions, types, sequences and the like: whatever is no table and comes with none.
select 'object', p.schema, pg_describe_object(p.classid, p.objid, 0), 'presence', 'present'
from part p
where p.classid <> 'pg_class'::regclass or exists (select from pg_class c where c.oid = p.objid and c.relkind not in ('r', 'p', 'v', 'm', 'f'))
