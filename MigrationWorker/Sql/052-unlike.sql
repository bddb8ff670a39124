-- Goes on after 048-likeness-of-pooled.sql: schemas of the ledger that have had migration $1 and were not made like
-- pooled as it is now.

built as (
    select s.name, s.tenant_id, obj_description(n.oid, 'pg_namespace') as mark
    from platform.tenant_schemas s
    join pg_namespace n on n.nspname = s.name
    where s.applied_migration = $1
)
select b.name, b.tenant_id
from built b cross join likeness l
where b.mark is distinct from l.mark
order by b.name
