with guarded_table as (
    select c.oid, c.oid::regclass::text as name, n.nspname as plane, c.relrowsecurity, c.relforcerowsecurity, c.relowner,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relname <> 'migrations_history'
      and (n.nspname in ('platform', 'pooled') or n.nspname like 'tenant\_%')
),
app_role as (
    select * from pg_roles where rolname = 'tp_app'
),
binding_policy as (
    select * from pg_policy where polroles <> array[(select oid from pg_roles where rolname = 'tp_owner')]
),
reachable_view as (
    select c.oid::regclass::text as name, c.relkind, c.reloptions
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      and (n.nspname in ('platform', 'pooled') or n.nspname like 'tenant\_%'
        or exists (select from app_role a where has_any_column_privilege(a.oid, c.oid, 'select')))
)
select 'app-role-missing', 'tp_app', 'the role does not exist: run the migration worker'
where not exists (select from app_role)
union all
select 'app-role-privileged', rolname, 'is superuser, BYPASSRLS, CREATEROLE or CREATEDB: take these attributes away'
from app_role where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
union all
select 'app-role-member', a.rolname, 'is a member of ' || r.rolname || ': revoke the membership'
from app_role a join pg_auth_members m on m.member = a.oid join pg_roles r on r.oid = m.roleid
union all
select 'app-role-owns', c.oid::regclass::text, 'is owned by tp_app, who could switch its policies off: give it to tp_owner'
from app_role a join pg_class c on c.relowner = a.oid
where c.relkind in ('r', 'p', 'v', 'm', 'f')
union all
select 'app-role-creates', n.nspname, 'tp_app may create objects in this schema: revoke create'
from app_role a cross join pg_namespace n
where n.nspname !~ '^pg_' and has_schema_privilege(a.oid, n.oid, 'create')
union all
select 'signing-keys-readable', 'tenancy.signing_keys', 'tp_app can touch the signing keys and so become any tenant: revoke all'
from app_role a join pg_class c on c.oid = to_regclass('tenancy.signing_keys')
where has_any_column_privilege(a.oid, c.oid, 'select,insert,update') or has_table_privilege(a.oid, c.oid, 'delete,truncate,trigger')
union all
select 'app-role-truncates', g.name, 'tp_app may truncate this table, and no policy stops that: revoke all but select, insert, update and delete'
from app_role a cross join guarded_table g where g.relowner <> a.oid and has_table_privilege(a.oid, g.oid, 'truncate')
union all
select 'rls-off', name, 'row-level security is not enabled: alter table ... enable row level security'
from guarded_table where not relrowsecurity
union all
select 'rls-not-forced', name, 'the owner is exempt from row-level security: alter table ... force row level security'
from guarded_table where relrowsecurity and not relforcerowsecurity
union all
select 'policy-missing', g.name, 'has no policy: run the migration worker'
from guarded_table g where not exists (select from binding_policy p where p.polrelid = g.oid)
union all
select 'policy-differs', g.name, 'must have the policy tenant_isolation and no other, but has ' || p.polname || ': restore it from the migrations'
from guarded_table g
join binding_policy p on p.polrelid = g.oid
where g.plane <> 'platform'
  and (p.polname <> 'tenant_isolation' or p.polcmd <> '*' or not p.polpermissive or p.polroles <> array[0::oid]
    or pg_get_expr(p.polqual, p.polrelid) is distinct from '(tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id))'
    or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '(tenant_id = ( SELECT tenancy.tenant_id() AS tenant_id))')
union all
select 'policy-open', g.name, 'policy ' || p.polname || ' lets rows through without asking for the tenant context: restore it from the migrations'
from guarded_table g
join binding_policy p on p.polrelid = g.oid
where g.plane = 'platform'
  and (pg_get_expr(p.polqual, p.polrelid) not like '%tenancy.%' or pg_get_expr(p.polwithcheck, p.polrelid) not like '%tenancy.%')
union all
select 'tenant-key', g.name, 'primary key does not begin with tenant_id: make it (tenant_id, ...)'
from guarded_table g
where g.plane <> 'platform' and not exists (
    select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.conrelid = g.oid and k.contype = 'p' and a.attname = 'tenant_id')
union all
select 'definer-search-path', p.oid::regprocedure::text, 'runs with its owner''s rights and an open search_path: pin it with SET search_path'
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where p.prosecdef and n.nspname in ('tenancy', 'platform', 'pooled')
  and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
union all
select 'function-public', p.oid::regprocedure::text, 'everybody may call it: revoke all from public'
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
where n.nspname = 'tenancy' and acl.grantee = 0
union all
select 'view-definer', name, 'reads tenants'' rows with its owner''s rights: set (security_invoker = true)'
from reachable_view
where relkind = 'v' and not coalesce((select option_value::boolean from pg_options_to_table(reloptions) where option_name = 'security_invoker'), false)
union all
select 'view-materialized', name, 'is a copy of rows that no policy guards: make it a view with security_invoker, or a table of ours'
from reachable_view where relkind = 'm'
order by 1, 2
