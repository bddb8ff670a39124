-- Rights on tables that 030-grants.sql never gives. What it does give, verify compares word by word.
select 'signing-keys-open', o.name || coalesce('.' || o.part, ''),
       case when o.to_public then 'everybody' else 'tp_app' end || ' may ' || lower(o.privilege_type) || ' where the keys are that sign tenant contexts'
from opened o
where o.plane = 'keys'
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
select 'history-open', o.name, case when o.to_public then 'everybody' else 'tp_app' end || ' may ' || lower(o.privilege_type) || ' a table that has no policies'
from opened o
where o.is_history
union all
select 'grant-public', o.name || coalesce('.' || o.part, ''), 'everybody may ' || lower(o.privilege_type)
from opened o
where o.to_public and o.plane in ('control', 'tenant') and not o.is_history
union all
select 'grant-public', format('%I', n.nspname), 'everybody may use this schema'
from ours n cross join lateral aclexplode(n.nspacl) g
where g.grantee = 0 and g.privilege_type = 'USAGE'
union all
select 'spare-open', format('%I', n.nspname), 'tp_app may ' || lower(g.privilege_type) || ' in it, and it belongs to no tenant yet'
from ours n cross join lateral aclexplode(n.nspacl) g
where n.nspname ~ '^spare_' and g.grantee = (select oid from app) and g.grantee <> n.nspowner
union all
select 'grant-beyond', o.name || coalesce('.' || o.part, ''), 'tp_app may ' || lower(o.privilege_type)
       || case when o.privilege_type in ('DELETE', 'UPDATE') then ', which takes along or re-labels what policies keep apart' else ', which no policy limits' end
from opened o
where not o.to_public and o.relkind in ('r', 'p') and o.plane in ('control', 'tenant') and not o.is_history
  and (o.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
    or o.plane = 'control' and o.privilege_type = 'DELETE'
    or o.plane = 'control' and o.privilege_type = 'UPDATE' and (o.part is null
        or o.name = 'platform.tenants' and o.part in ('key', 'placement')
        or exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                   where i.indrelid = o.oid and i.indisprimary and a.attname = o.part)))
union all
select distinct 'grant-option', o.name || coalesce('.' || o.part, ''), 'tp_app may hand its rights on to others'
from opened o
where o.is_grantable and o.plane is not null
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
    -- By their ids, which are below those of everything made later, so that not all tables of all tenants are gone through.
    with native as (
        select c.* from pg_class c where c.oid < 16384 and c.relnamespace = 'pg_catalog'::regnamespace
        union all
        select c.* from extended e join pg_class c on c.oid = e.objid
        where e.classid = 'pg_class'::regclass and c.oid >= 16384 and c.relnamespace = 'pg_catalog'::regnamespace
    )
    select 'pg_class'::regclass as class, c.oid, 0 as part, c.relacl as acl, acldefault('r', c.relowner) as birth, format('pg_catalog.%I', c.relname) as name
    from native c where c.relacl is not null
    union all
    select 'pg_class'::regclass, c.oid, a.attnum, a.attacl, acldefault('c', c.relowner), format('pg_catalog.%I.%I', c.relname, a.attname)
    from native c join pg_attribute a on a.attrelid = c.oid
    where a.attacl is not null
    union all
    select 'pg_proc'::regclass, p.oid, 0, p.proacl, acldefault('f', p.proowner), format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null
      and (n.nspname = 'pg_catalog' or p.oid in (select objid from extended where classid = 'pg_proc'::regclass))
) x
left join pg_init_privs i on i.classoid = x.class and i.objoid = x.oid and i.objsubid = x.part
cross join lateral aclexplode(x.acl) g
where g.grantee in (0, (select oid from app))
  and not exists (select from aclexplode(coalesce(i.initprivs, x.birth)) b where b.grantee in (0, g.grantee) and b.privilege_type = g.privilege_type)
