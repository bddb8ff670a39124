with object as (
    select n.nspname as name, n.nspacl as acl from pg_namespace n where n.nspname = $1
    union all
    select n.nspname || '.' || c.relname, c.relacl from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1
    union all
    select p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1
    union all
    select n.nspname || '.' || c.relname || ' (' || a.attname || ')', a.attacl
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and a.attnum > 0 and not a.attisdropped
)
select 'grant' as kind, o.name as owner, lower(g.privilege_type) || ' to ' || coalesce(r.rolname, 'public') as name, 'option' as aspect,
       case when g.is_grantable then 'grantable' else 'not grantable' end as value
from object o
cross join lateral aclexplode(o.acl) g
left join pg_roles r on r.oid = g.grantee
where g.grantee = 0 or r.rolname = 'tp_app'
