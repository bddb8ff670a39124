-- Where the ledger of schemas and the database disagree, each as a sentence. $1: the only tenant to ask about, or null for all.
with ledger as (
    select s.*, n.oid, t.key, t.placement, t.status, t.deleted as tenant_deleted,
           exists (select from platform.tenant_moves m where m.tenant_id = s.tenant_id and m.phase not in ('done', 'cancelled')) as moves
    from platform.tenant_schemas s
    left join pg_namespace n on n.nspname = s.name
    left join platform.tenants t on t.id = s.tenant_id
    where $1::uuid is null or s.tenant_id = $1
)
select format('schema %s is not in the ledger: find out whose it is, then drop it', n.nspname)
from pg_namespace n
where n.nspname ~ '^(tenant|spare)_' and not exists (select from platform.tenant_schemas s where s.name = n.nspname)
  and ($1::uuid is null or n.nspname = (select 'tenant_' || key from platform.tenants where id = $1))
union all
select format('schema %s is in the ledger, migrated up to %s, and does not exist: restore it from a backup', name, applied_migration)
from ledger where oid is null and applied_migration is not null
union all
select format('schema %s exists, and the ledger says that it has not been built', name)
from ledger where oid is not null and applied_migration is null
union all
select format('schema %s is that of tenant %s in the ledger, whose key is another', name, key)
from ledger where key is not null and name <> 'tenant_' || key
union all
select format('tenant %s is dedicated and %s, and has no schema: restore it from a backup', t.key, t.status)
from platform.tenants t
where t.placement = 'dedicated' and t.status <> 'provisioning' and ($1::uuid is null or t.id = $1)
  and not exists (select from ledger l where l.tenant_id = t.id and l.applied_migration is not null)
union all
select format('tenant %s is pooled, is not being moved, and still has schema %s: move it again, or drop the schema', key, name)
from ledger where placement = 'pooled' and oid is not null and not moves
order by 1
