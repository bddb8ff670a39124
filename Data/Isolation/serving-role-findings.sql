-- Asked over the connection that serves requests: the role must be one that policies bind.
select 'serving-role-privileged', rolname::text, 'is superuser or BYPASSRLS, so no policy binds it: connect as tp_app'
from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
union all
select distinct 'serving-role-owns', current_user::text, 'can act as ' || owner.rolname || ', who owns tenants'' tables and could switch their policies off: connect as tp_app'
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles owner on owner.oid = c.relowner
where c.relkind in ('r', 'p') and (n.nspname in ('platform', 'pooled') or n.nspname like 'tenant\_%')
  and pg_has_role(current_user, c.relowner, 'member')
order by 1, 2
