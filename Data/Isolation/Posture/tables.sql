-- Tables that hold tenants' rows, and what hangs on them.
select 'schema-missing', s.name, 'the schema does not exist, so there is nothing to judge'
from (values ('platform'), ('pooled'), ('tenancy')) s (name)
where not exists (select from ours where nspname = s.name)
union all
select 'rls-off', name, 'row-level security is not enabled'
from guarded where not relrowsecurity
union all
select 'rls-not-forced', name, 'its owner is exempt from row-level security'
from guarded where relrowsecurity and not relforcerowsecurity
union all
select 'owner-other', r.name, 'it belongs to ' || pg_get_userbyid(r.relowner)
from relation r
where r.plane is not null and r.relowner is distinct from (select oid from owner) and r.relowner is distinct from (select oid from app)
union all
select 'owner-other', format('%I', o.nspname), 'this schema belongs to ' || pg_get_userbyid(o.nspowner)
from ours o where o.nspowner is distinct from (select oid from owner) and o.nspowner is distinct from (select oid from app)
union all
select 'owner-other', r.name, 'this function belongs to ' || pg_get_userbyid(r.proowner)
from routine r
where r.plane is not null and r.proowner is distinct from (select oid from owner) and r.proowner is distinct from (select oid from app)
union all
select 'table-inheritance', parent.name, 'whoever reads it reads the rows of ' || child.name || ' without that table''s policies'
from pg_inherits i join relation parent on parent.oid = i.inhparent join relation child on child.oid = i.inhrelid
where child.plane is not null and parent.plane is distinct from child.plane
union all
select 'table-inheritance', child.name, 'it holds rows of ' || parent.name || ' where none of its policies applies'
from pg_inherits i join relation parent on parent.oid = i.inhparent join relation child on child.oid = i.inhrelid
where parent.plane is not null and child.plane is null
union all
select 'table-rule', r.name, 'rule ' || w.rulename || ' rewrites what is asked of it, with its owner''s rights'
from relation r join pg_rewrite w on w.ev_class = r.oid
where r.plane is not null and w.rulename <> '_RETURN'
union all
select 'table-trigger', r.name, 'trigger ' || t.tgname || ' runs ' || t.tgfoid::regprocedure || ' on tenants'' rows'
from relation r join pg_trigger t on t.tgrelid = r.oid
where r.plane is not null and not t.tgisinternal
union all
select 'table-foreign', r.name, 'its rows live on another server, where no policy of ours holds'
from relation r
where r.relkind = 'f' and (r.plane is not null or r.tenant_id is not null and r.oid in (select oid from opened))
union all
select 'table-stray', r.name, 'tp_app reaches this table outside our schemas, it has a tenant_id and no row-level security'
from relation r
where r.relkind in ('r', 'p') and r.plane is null and r.tenant_id is not null and not r.relrowsecurity and r.oid in (select oid from opened)
union all
select 'table-elsewhere', r.name, 'tp_app reaches this table outside our schemas, and it has no row-level security'
from relation r
where r.relkind in ('r', 'p') and r.plane is null and r.tenant_id is null and not r.relrowsecurity and r.oid in (select oid from opened)
union all
select 'sequence-shared', r.name, 'all tenants draw from this sequence, so its gaps tell how busy the others are'
from relation r where r.relkind = 'S' and r.plane in ('control', 'tenant')
