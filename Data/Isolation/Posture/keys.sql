-- Keys see through row-level security: one that the tenant does not lead lets tenants meet in it.
select 'tenant-column', g.name, case when g.tenant_id is null then 'it has no column tenant_id' else 'tenant_id is not "uuid not null"' end
from guarded g
left join pg_attribute a on a.attrelid = g.oid and a.attnum = g.tenant_id
where g.plane = 'tenant' and (g.tenant_id is null or not a.attnotnull or a.atttypid <> 'uuid'::regtype)
union all
select 'tenant-default', g.name, 'a row without a tenant would silently get one: ' || coalesce(pg_get_expr(d.adbin, d.adrelid), 'an identity')
from guarded g
join pg_attribute a on a.attrelid = g.oid and a.attnum = g.tenant_id
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where d.oid is not null or a.attidentity <> ''
union all
select 'tenant-key', g.name, 'its primary key does not begin with tenant_id'
from guarded g
where g.plane = 'tenant' and g.tenant_id is not null
  and not exists (select from pg_constraint k where k.conrelid = g.oid and k.contype = 'p' and k.conkey[1] = g.tenant_id)
union all
select 'unique-tenant', g.name, 'unique index ' || c.relname || ' does not begin with tenant_id, so tenants get in each other''s way and learn of each other'
from guarded g
join pg_index i on i.indrelid = g.oid and not i.indisprimary and (i.indisunique or i.indisexclusion)
join pg_class c on c.oid = i.indexrelid
where g.tenant_owned and g.tenant_id is distinct from i.indkey[0]
union all
select 'foreign-key-tenant', k.name, 'foreign key ' || k.conname || ' can refer to another tenant''s row in ' || r.name
from (
    -- Found first, or each table of ours is held against each other.
    with reference as materialized (
        select g.name, g.tenant_id, g.relnamespace, k.conname, k.confrelid, k.conkey, k.confkey
        from guarded g join pg_constraint k on k.conrelid = g.oid and k.contype = 'f' and k.conparentid = 0
        where g.tenant_id is not null
    )
    select * from reference) k
join guarded r on r.oid = k.confrelid and r.tenant_owned
where r.plane = 'tenant' and r.relnamespace <> k.relnamespace
   or not exists (select from unnest(k.conkey, k.confkey) pair (own, other) where pair.own = k.tenant_id and pair.other = r.tenant_id)
union all
select distinct 'constraint-off', g.name, 'constraint ' || k.conname || ' is not enforced'
from guarded g
join pg_constraint k on k.conrelid = g.oid and k.contype in ('f', 'c')
where not k.convalidated and to_jsonb(k) ->> 'conenforced' = 'false'
   or exists (select from pg_trigger t where t.tgconstraint = k.oid and t.tgenabled <> 'O')
union all
select 'constraint-unproven', g.name, 'constraint ' || k.conname || ' was never checked against the rows that were there before it'
from guarded g
join pg_constraint k on k.conrelid = g.oid and k.contype in ('f', 'c')
where not k.convalidated and to_jsonb(k) ->> 'conenforced' is distinct from 'false'
union all
select 'pin-missing', p.name, 'no check that holds for all of its rows pins it to the one tenant that lives in this schema'
from pinned p where p.tenant_id is null
union all
select 'pin-other', p.name, 'it is pinned to ' || p.tenant_id || ', and another table of this schema to ' || p.first
from (select *, min(tenant_id) over (partition by schema) as first from pinned) p
where p.tenant_id <> p.first
union all
select 'pin-other', p.name, 'it is pinned to ' || p.tenant_id || ', as is ' || p.first
from (select *, min(schema) over (partition by "table", tenant_id) as first from pinned where tenant_id is not null) p
where p.schema <> p.first
