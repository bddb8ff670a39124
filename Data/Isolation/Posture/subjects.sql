-- What the rules are about; stands in front of each of them. search_path is pg_catalog, pg_temp, so nothing here can be shadowed
-- and expressions come out with every other name qualified. $1 and $2: names and definitions of expected-guards.txt; $3: those schemas
-- of one tenant, or of none yet, that are looked into, because there may be thousands. For the same reason what is in a schema is found by
-- what depends on it: neither tables nor functions have an index that begins with their schema.
with recursive app as (
    select * from pg_roles where rolname = 'tp_app'
),
owner as (
    select * from pg_roles where rolname = 'tp_owner'
),
expected as (
    select e.name, e.definition, split_part(e.name, ' on ', 2) as target from unnest($1::text[], $2::text[]) e (name, definition)
),
place as materialized (
    select n.oid, n.nspname, n.nspowner, n.nspacl,
           case when n.nspname = 'platform' then 'control' when n.nspname = 'tenancy' then 'keys'
                when n.nspname = 'pooled' or n.nspname ~ '^(tenant|spare)_' then 'tenant' end as plane
    from pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and (n.nspname !~ '^(tenant|spare)_' or n.oid = any ($3::oid[]))
),
ours as (
    select * from place where plane is not null
),
-- Extensions look after their own.
extended as materialized (
    select d.classid, d.objid from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
),
relation as (
    select c.oid, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relnamespace, n.plane,
           format('%I.%I', n.nspname, c.relname) as name, n.plane in ('control', 'tenant') and c.relname = 'migrations_history' as is_history,
           (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant_id
    from place n
    join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.classid = 'pg_class'::regclass
    join pg_class c on c.oid = d.objid
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.oid not in (select objid from extended where classid = 'pg_class'::regclass)
),
guarded as (
    select r.*, case r.plane when 'tenant' then 'every table of the tenant plane' else r.name end as target,
           r.plane = 'tenant' or exists (select from pg_constraint k
               where k.conrelid = r.oid and k.contype = 'p' and k.conkey[1] = r.tenant_id and cardinality(k.conkey) > 1) as tenant_owned
    from relation r where r.relkind in ('r', 'p') and r.plane in ('control', 'tenant') and not r.is_history
),
-- What tp_app or everybody was given, beside what an owner has anyway.
opened as (
    select r.oid, r.name, r.plane, r.relkind, r.is_history, null as part, g.privilege_type, g.is_grantable, g.grantee = 0 as to_public
    from relation r cross join lateral aclexplode(r.relacl) g
    where g.grantee in (0, (select oid from app)) and g.grantee <> r.relowner
    union all
    select r.oid, r.name, r.plane, r.relkind, r.is_history, a.attname, g.privilege_type, g.is_grantable, g.grantee = 0
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null cross join lateral aclexplode(a.attacl) g
    where g.grantee in (0, (select oid from app)) and g.grantee <> r.relowner
),
-- Tables of schemas in which one tenant lives, and to whom a check keeps each.
pinned as (
    select g.oid, g.name, o.nspname as schema, split_part(g.name, '.', 2) as table, (
        select min(substring(pg_get_expr(k.conbin, k.conrelid) from '^\(tenant_id = ''([0-9a-f-]{36})''::uuid\)$')) from pg_constraint k
        where k.conrelid = g.oid and k.contype = 'c' and k.convalidated and cardinality(k.conkey) = 1 and k.conkey[1] = g.tenant_id) as tenant_id
    from guarded g join ours o on o.oid = g.relnamespace and o.nspname ~ '^tenant_'
),
routine as (
    select p.*, format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as name, n.plane,
           exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0) as to_public,
           exists (select from aclexplode(p.proacl) g where g.grantee = (select oid from app)) as to_app,
           exists (select from aclexplode(n.nspacl) g where g.privilege_type = 'USAGE' and g.grantee in (0, (select oid from app))) as can_be_named
    from place n
    join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.classid = 'pg_proc'::regclass
    join pg_proc p on p.oid = d.objid
    where p.oid not in (select objid from extended where classid = 'pg_proc'::regclass)
),
policy as (
    select p.*, p.how || coalesce(E'\n    using ' || p.visible, '') || coalesce(E'\n    with check ' || p.writable, '') as definition
    from (
        select g.oid, g.name as relation, g.target, p.polname, p.polpermissive, format('policy %I on %s', p.polname, g.target) as name,
               pg_get_expr(p.polqual, p.polrelid) as visible, pg_get_expr(p.polwithcheck, p.polrelid) as writable,
               case when p.polpermissive then 'permissive' else 'restrictive' end || ' for '
               || case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
               || ' to ' || (select string_agg(coalesce(a.rolname, 'public'), ', ' order by a.rolname)
                             from unnest(p.polroles) m (oid) left join pg_roles a on a.oid = m.oid) as how
        from guarded g
        join pg_policy p on p.polrelid = g.oid
        -- The grants script gives this one to an owner without BYPASSRLS.
        where not (p.polname = 'owner_access' and p.polroles = array[(select oid from owner)])) p
),
guard as (
    select p.name, p.relation as object, p.definition from policy p
    union all
    -- Without search_path, which must be the same everywhere and has a rule of its own.
    select 'function ' || r.name, r.name,
           concat_ws(', ', coalesce('returns ' || pg_get_function_result(r.oid), 'a procedure'), l.lanname,
               case r.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
               case r.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' else 'parallel unsafe' end,
               case when r.prosecdef then 'security definer' else 'security invoker' end, case when r.proisstrict then 'strict' end,
               (select string_agg('set ' || setting, ', ' order by setting) from unnest(r.proconfig) setting where setting not like 'search_path=%'))
           || E'\n    sha256 ' || encode(sha256(convert_to(r.prosrc, 'UTF8')), 'hex')
    from routine r
    join pg_language l on l.oid = r.prolang
    where r.plane = 'keys'
),
-- What a view is made of, and from there ...
reads as (
    select distinct w.ev_class as view, d.refobjid as source
    from relation v
    join pg_rewrite w on w.ev_class = v.oid and v.relkind in ('v', 'm')
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
),
-- ... all that shows rows of ours, through however many views.
over_rows as (
    select s.view from reads s join relation r on r.oid = s.source where r.plane is not null and r.relkind in ('r', 'p')
    union
    select s.view from reads s join over_rows o on o.view = s.source
),
view as (
    select r.oid, r.name, r.relkind, r.plane is not null or r.oid in (select oid from opened) as reachable,
           coalesce((select option_value::boolean from pg_options_to_table(r.reloptions) where option_name = 'security_invoker'), false) as invoker
    from relation r
    where r.relkind in ('v', 'm') and (r.plane is not null or r.oid in (select o.view from over_rows o))
)
