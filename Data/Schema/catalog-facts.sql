-- By what depends on the schema: pg_class has no index that begins with it, and there may be thousands of other schemas.
with relation as materialized (
    select c.*, n.nspname || '.' || c.relname as name
    from pg_namespace n
    join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = n.oid and d.classid = 'pg_class'::regclass
    join pg_class c on c.oid = d.objid
    where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname <> 'migrations_history'
)
select 'table' as kind, name as owner, '' as name, 'nature' as aspect,
       case relkind when 'r' then case relpersistence when 'p' then 'a table' else 'an unlogged table' end
                    when 'p' then 'a partitioned table' when 'f' then 'a foreign table' else 'a view' end as value
from relation
union all
select 'table', name, '', 'row-level security',
       'row-level security ' || case when not relrowsecurity then 'off' when not relforcerowsecurity then 'on, but not forced' else 'on and forced' end
from relation where relkind in ('r', 'p')
union all
select 'column', r.name, a.attname, f.aspect, f.value
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
cross join lateral (values
    ('type', format_type(a.atttypid, a.atttypmod) || case when l.collname <> 'default' then ' collate ' || l.collname else '' end),
    ('nullability', case when a.attnotnull then 'not null' else 'nullable' end),
    ('default', case when a.attidentity <> '' then 'an identity' when a.attgenerated <> '' then 'the generated value ' || pg_get_expr(d.adbin, d.adrelid)
                       when d.adbin is null then 'no default' else 'default ' || pg_get_expr(d.adbin, d.adrelid) end)
) f (aspect, value)
where r.relkind in ('r', 'p')
union all
select case k.contype when 'p' then 'primary key' when 'u' then 'unique constraint' when 'f' then 'foreign key' when 'c' then 'check' else 'constraint' end,
       r.name, k.conname, f.aspect, f.value
from relation r
join pg_constraint k on k.conrelid = r.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
cross join lateral (values
    ('definition', pg_get_constraintdef(k.oid)),
    ('enforcement', case when exists (select from pg_trigger t where t.tgconstraint = k.oid and t.tgenabled <> 'O') then 'switched off' else 'enforced' end)
) f (aspect, value)
union all
select 'index', r.name, c.relname, f.aspect, f.value
from relation r
join pg_index i on i.indrelid = r.oid
join pg_class c on c.oid = i.indexrelid
cross join lateral (values
    ('definition', pg_get_indexdef(c.oid)),
    ('validity', case when i.indisvalid then 'valid' else 'invalid' end)
) f (aspect, value)
where not exists (
    select from pg_constraint k where k.conrelid = i.indrelid and k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
union all
select 'policy', r.name, p.polname, 'definition',
       case when p.polpermissive then '' else 'restrictive ' end
       || case p.polcmd when '*' then '' when 'r' then 'for select ' when 'a' then 'for insert ' when 'w' then 'for update ' else 'for delete ' end
       || 'to ' || coalesce((select string_agg(a.rolname, ', ' order by a.rolname) from pg_roles a where a.oid = any (p.polroles)), 'public')
       || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), 'nothing') || ' with check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'nothing')
from relation r
join pg_policy p on p.polrelid = r.oid
-- The grants script gives this one to an owner without BYPASSRLS; the model knows nothing of it.
where not (p.polname = 'owner_access' and p.polroles = array[r.relowner])
union all
select 'trigger', r.name, t.tgname, 'definition', pg_get_triggerdef(t.oid)
from relation r
join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
