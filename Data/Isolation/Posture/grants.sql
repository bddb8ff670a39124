-- Rights on tables that 030-grants.sql never gives. What it does give, schema verify compares word by word.
select 'signing-keys-open', r.name || coalesce('.' || o.part, ''),
       case when o.to_public then 'everybody' else 'tp_app' end || ' may ' || lower(o.privilege_type) || ' where the keys are that sign tenant contexts'
from opened o join relation r on r.oid = o.oid
where r.plane = 'keys'
union all
select distinct 'signing-keys-shared', r.name, pg_get_userbyid(g.grantee) || ' may ' || lower(g.privilege_type) || ' where the keys are that sign tenant contexts'
from relation r
cross join lateral (
    select * from aclexplode(r.relacl)
    union all
    select c.* from pg_attribute a cross join lateral aclexplode(a.attacl) c where a.attrelid = r.oid) g
where r.plane = 'keys' and g.grantee not in (0, r.relowner) and g.grantee is distinct from (select oid from app)
union all
select 'signing-keys-shared', r.name, pg_get_userbyid(m.member) || ' reads it as a member of pg_read_all_data'
from relation r
cross join pg_auth_members m
join pg_roles g on g.oid = m.roleid and g.rolname = 'pg_read_all_data'
join pg_roles o on o.oid = m.member and not o.rolsuper and not o.rolcreaterole and o.rolname <> 'tp_app'
where r.plane = 'keys' and r.relkind in ('r', 'p')
union all
select 'history-open', r.name, case when o.to_public then 'everybody' else 'tp_app' end || ' may ' || lower(o.privilege_type) || ' a table that has no policies'
from opened o join relation r on r.oid = o.oid
where r.is_history
union all
select 'grant-public', g.name || coalesce('.' || o.part, ''), 'everybody may ' || lower(o.privilege_type)
from opened o join relation g on g.oid = o.oid
where o.to_public and g.plane in ('control', 'tenant') and not g.is_history
union all
select 'grant-public', format('%I', n.nspname), 'everybody may use this schema'
from ours o join pg_namespace n on n.oid = o.oid cross join lateral aclexplode(n.nspacl) g
where g.grantee = 0 and g.privilege_type = 'USAGE'
union all
select 'grant-beyond', g.name || coalesce('.' || o.part, ''), 'tp_app may ' || lower(o.privilege_type)
       || case when o.privilege_type in ('DELETE', 'UPDATE') then ', which takes along or re-labels what policies keep apart' else ', which no policy limits' end
from opened o join guarded g on g.oid = o.oid
where not o.to_public
  and (o.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
    or g.plane = 'control' and o.privilege_type = 'DELETE'
    or g.plane = 'control' and o.privilege_type = 'UPDATE' and (o.part is null
        or g.name = 'platform.tenants' and o.part in ('key', 'placement')
        or exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                   where i.indrelid = g.oid and i.indisprimary and a.attname = o.part)))
union all
select distinct 'grant-option', r.name || coalesce('.' || o.part, ''), 'tp_app may hand its rights on to others'
from opened o join relation r on r.oid = o.oid
where o.is_grantable and r.plane is not null
union all
select 'default-privileges', coalesce(quote_ident(n.nspname), 'all schemas'),
       case g.grantee when 0 then 'everybody' else 'tp_app' end || ' gets ' || lower(g.privilege_type) || ' on whatever ' || r.rolname || ' creates'
from pg_default_acl d
join pg_roles r on r.oid = d.defaclrole
left join pg_namespace n on n.oid = d.defaclnamespace
cross join lateral aclexplode(d.defaclacl) g
where g.grantee = (select oid from app)
   -- Functions and types belong to everybody by birth; a list that repeats it opens nothing.
   or g.grantee = 0 and (d.defaclobjtype not in ('f', 'T') or d.defaclnamespace <> 0)
union all
-- Whatever PostgreSQL and its extensions do not come with: passwords, statistics, files, other sessions.
select 'catalog-open', x.name, case g.grantee when 0 then 'everybody' else 'tp_app' end || ' was given ' || lower(g.privilege_type)
from (
    select 'pg_class'::regclass as class, c.oid, 0 as part, c.relacl as acl, acldefault('r', c.relowner) as birth, format('pg_catalog.%I', c.relname) as name
    from pg_class c where c.relacl is not null and c.relnamespace = 'pg_catalog'::regnamespace
    union all
    select 'pg_class'::regclass, c.oid, a.attnum, a.attacl, acldefault('c', c.relowner), format('pg_catalog.%I.%I', c.relname, a.attname)
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attacl is not null and c.relnamespace = 'pg_catalog'::regnamespace
    union all
    select 'pg_proc'::regclass, p.oid, 0, p.proacl, acldefault('f', p.proowner), format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null
      and (n.nspname = 'pg_catalog' or exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'))
) x
left join pg_init_privs i on i.classoid = x.class and i.objoid = x.oid and i.objsubid = x.part
cross join lateral aclexplode(x.acl) g
where g.grantee in (0, (select oid from app))
  and not exists (select from aclexplode(coalesce(i.initprivs, x.birth)) b where b.grantee in (0, g.grantee) and b.privilege_type = g.privilege_type)
