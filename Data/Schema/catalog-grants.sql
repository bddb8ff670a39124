with part as materialized (
    select n.nspname as schema, d.classid, d.objid
    from pg_namespace n
    join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid
    where n.nspname = $1
),
object as (
    select n.nspname as name, n.nspacl as acl from pg_namespace n where n.nspname = $1
    union all
    select p.schema || '.' || c.relname, c.relacl from part p join pg_class c on c.oid = p.objid where p.classid = 'pg_class'::regclass
    union all
    select r.oid::regprocedure::text, coalesce(r.proacl, acldefault('f', r.proowner))
    from part p join pg_proc r on r.oid = p.objid where p.classid = 'pg_proc'::regclass
    union all
    select p.schema || '.' || c.relname || ' (' || a.attname || ')', a.attacl
    from part p join pg_class c on c.oid = p.objid join pg_attribute a on a.attrelid = c.oid
    where p.classid = 'pg_class'::regclass and a.attacl is not null and a.attnum > 0 and not a.attisdropped
)
select 'grant' as kind, o.name as owner, lower(g.privilege_type) || ' to ' || coalesce(r.rolname, 'public') as name, 'option' as aspect,
       case when g.is_grantable then 'grantable' else 'not grantable' end as value
from object o
cross join lateral aclexplode(o.acl) g
left join pg_roles r on r.oid = g.grantee
where g.grantee = 0 or r.rolname = 'tp_app'
