-- Who the API is, and who else policies do not hold.
select 'app-role-missing', 'tp_app', 'the role that serves requests does not exist'
where not exists (select from app)
union all
select 'app-role-privileged', a.rolname, 'it has ' || array_to_string(array_remove(array[
    case when a.rolsuper then 'SUPERUSER' end, case when a.rolbypassrls then 'BYPASSRLS' end, case when a.rolcreaterole then 'CREATEROLE' end,
    case when a.rolcreatedb then 'CREATEDB' end, case when a.rolreplication then 'REPLICATION' end], null), ', ')
from app a where a.rolsuper or a.rolbypassrls or a.rolcreaterole or a.rolcreatedb or a.rolreplication
union all
select distinct 'app-role-member', a.rolname, 'it can act as ' || r.rolname
from app a join pg_auth_members m on m.member = a.oid join pg_roles r on r.oid = m.roleid
union all
select 'app-role-owns', i.identity, 'this ' || i.type || ' is owned by tp_app'
from app a
join pg_shdepend d on d.refclassid = 'pg_authid'::regclass and d.refobjid = a.oid and d.deptype = 'o'
cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) i
where d.dbid in (0, (select oid from pg_database where datname = current_database()))
union all
select distinct 'app-role-creates', format('%I', n.nspname), 'tp_app may create objects in this schema' || case g.grantee when 0 then ', as everybody may' else '' end
from pg_namespace n cross join lateral aclexplode(n.nspacl) g
where n.nspname !~ '^pg_' and g.privilege_type = 'CREATE' and g.grantee in (0, (select oid from app)) and g.grantee <> n.nspowner
union all
select distinct 'app-role-creates', format('%I', d.datname), 'tp_app may create schemas in this database' || case g.grantee when 0 then ', as everybody may' else '' end
from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
where d.datname = current_database() and g.privilege_type = 'CREATE' and g.grantee in (0, (select oid from app)) and g.grantee <> d.datdba
union all
select distinct 'app-role-temporary', format('%I', d.datname),
       'tp_app may create temporary tables, which every later user of the pooled connection would meet first' || case g.grantee when 0 then '; everybody may' else '' end
from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
where d.datname = current_database() and g.privilege_type = 'TEMPORARY' and g.grantee in (0, (select oid from app)) and g.grantee <> d.datdba
union all
select 'app-role-parameter', p.parname, case g.grantee when 0 then 'everybody' else 'tp_app' end || ' may set this parameter of the server'
from pg_parameter_acl p cross join lateral aclexplode(p.paracl) g
where g.grantee in (0, (select oid from app))
union all
select 'database-public', format('%I', d.datname), 'every role of the server may connect to it'
from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
where d.datname = current_database() and g.privilege_type = 'CONNECT' and g.grantee = 0
union all
select 'database-template', format('%I', d.datname), 'it is a template: whoever may create databases can copy all tenants'' rows into one of their own'
from pg_database d where d.datname = current_database() and d.datistemplate
union all
select 'owner-privileged', o.rolname, 'functions that run with its rights would run with SUPERUSER, CREATEROLE or REPLICATION too'
from owner o where o.rolsuper or o.rolcreaterole or o.rolreplication
union all
select distinct 'owner-member', r.rolname, 'it can act as tp_owner'
from owner o join pg_auth_members m on m.roleid = o.oid join pg_roles r on r.oid = m.member
where not r.rolsuper and not r.rolcreaterole and r.rolname <> 'tp_app'
union all
select 'role-bypasses', r.rolname, 'it has BYPASSRLS and sees the rows of all tenants'
from pg_roles r
where r.rolbypassrls and not r.rolsuper and not r.rolcreaterole and r.rolname not in ('tp_app', 'tp_owner')
