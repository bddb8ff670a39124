-- Goes on after 048-likeness-of-pooled.sql: what a schema with the tables of the tenant plane lacks to be like pooled, as statements to
-- carry out. Run by tp_owner after each step; $1 is the schema, $2 its tenant, null for a spare one, which nobody may use yet.

privilege as (
    select n.nspname as schema, c.relname as name, lower(g.privilege_type) as type
    from pg_namespace n
    join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
    cross join lateral aclexplode(c.relacl) g
    where n.nspname in ('pooled', $1) and g.grantee = (select oid from pg_roles where rolname = 'tp_app')
),
counterpart as (
    select ours.oid, ours.relname as name, pooled.oid as pooled, format('%I.%I', $1, ours.relname) as target
    from pg_class ours
    join pg_class pooled on pooled.relname = ours.relname and pooled.relnamespace = 'pooled'::regnamespace and pooled.relkind in ('r', 'p')
    where ours.relnamespace = $1::regnamespace and ours.relkind in ('r', 'p')
)
-- Grants as 030-grants.sql has made them in pooled.
select format('grant %s on %s to tp_app;', string_agg(p.type, ', '), t.target)
from counterpart t
join privilege p on p.schema = 'pooled' and p.name = t.name
where not exists (select from privilege own where own.schema = $1 and own.name = t.name and own.type = p.type)
group by t.target
union all
select format('revoke %s on %s from tp_app;', string_agg(own.type, ', '), t.target)
from counterpart t
join privilege own on own.schema = $1 and own.name = t.name
where not exists (select from privilege p where p.schema = 'pooled' and p.name = t.name and p.type = own.type)
group by t.target
union all
-- No statistics over free text, as 035-statistics.sql says.
select format('alter table %s %s;', t.target, string_agg(format('alter column %I set statistics %s', own.attname, coalesce(p.attstattarget, -1)), ', '))
from counterpart t
join pg_attribute p on p.attrelid = t.pooled and p.attnum > 0 and not p.attisdropped
join pg_attribute own on own.attrelid = t.oid and own.attname = p.attname and not own.attisdropped
where coalesce(own.attstattarget, -1) <> coalesce(p.attstattarget, -1)
group by t.target
union all
-- For an owner without BYPASSRLS.
select format('create policy owner_access on %s to tp_owner using (true) with check (true);', t.target)
from counterpart t
where exists (select from pg_policy p where p.polrelid = t.pooled and p.polname = 'owner_access')
  and not exists (select from pg_policy own where own.polrelid = t.oid and own.polname = 'owner_access')
union all
-- One tenant's rows and nobody else's, whatever policies and contexts say.
select format('alter table %s add constraint %I check (tenant_id = %L);', t.target, 'ck_' || t.name || '_pinned', $2)
from counterpart t
where $2 is not null and not exists (select from pg_constraint k where k.conrelid = t.oid and k.conname = 'ck_' || t.name || '_pinned')
union all
select format('grant usage on schema %I to tp_app;', $1)
where $2 is not null and not has_schema_privilege('tp_app', $1, 'usage')
union all
-- Remembers what it was made like, so that one query finds the schemas that a new release has to come by again.
select format('comment on schema %I is %L;', $1, l.mark)
from likeness l
where obj_description($1::regnamespace, 'pg_namespace') is distinct from l.mark
