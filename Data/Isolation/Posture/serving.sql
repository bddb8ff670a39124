-- Asked over the connection that serves requests: the role must be one that policies bind.
select 'serving-role-privileged', r.rolname::text, 'it is superuser or has BYPASSRLS, so no policy binds it'
from pg_roles r where r.rolname = current_user and (r.rolsuper or r.rolbypassrls)
union all
select distinct 'serving-role-owns', current_user::text, 'it can act as ' || pg_get_userbyid(g.relowner) || ', who owns tenants'' tables and could switch their policies off'
from guarded g where pg_has_role(current_user, g.relowner, 'member')
union all
select 'serving-role-other', r.rolname::text, 'it is not tp_app, whose rights are judged here'
from pg_roles r
where r.rolname = current_user and r.rolname <> 'tp_app' and not r.rolsuper and not r.rolbypassrls
  and not exists (select from guarded g where pg_has_role(current_user, g.relowner, 'member'))
union all
select 'serving-context', current_user::text, 'a fresh session already has a tenant context'
where current_setting('tenancy.context', true) <> ''
