-- Functions that verify contexts, and functions that would see more than their caller.
select 'function-missing', substr(e.name, 10), 'it does not exist'
from expected e
where e.name like 'function %' and exists (select from ours where nspname = 'tenancy') and not exists (select from guard g where g.name = e.name)
union all
select 'function-altered', g.object, 'it is not the function that this build brings: ' || regexp_replace(g.definition, '\s+', ' ', 'g')
from guard g join expected e on e.name = g.name
where g.name like 'function %' and g.definition <> e.definition
union all
select 'function-unknown', r.name, 'this build does not bring it'
from routine r
where r.plane is not null and not exists (select from expected e where e.name = 'function ' || r.name)
union all
select 'function-public', r.name, 'everybody may call it'
from routine r where r.plane is not null and r.to_public
union all
select 'definer-search-path', r.name, 'it runs with its owner''s rights, and names in it can be hijacked: '
       || coalesce((select setting from unnest(r.proconfig) setting where setting like 'search_path=%'), 'search_path is open')
from routine r
where r.plane is not null and r.prosecdef and 'search_path=pg_catalog, pg_temp' <> all (coalesce(r.proconfig, '{""}'))
union all
select 'definer-elsewhere', r.name, 'tp_app can call it, and it runs with the rights of ' || pg_get_userbyid(r.proowner)
from routine r
where r.plane is null and r.prosecdef and r.can_be_named and (r.to_public or r.to_app)
union all
select 'function-leakproof', r.name, 'it claims to be leakproof, so PostgreSQL shows it rows before policies have sorted them out'
from routine r where r.proleakproof
union all
select 'function-untrusted', r.name, 'tp_app can call it, and ' || l.lanname || ' lets it do whatever the server''s process may'
from routine r join pg_language l on l.oid = r.prolang
where not l.lanpltrusted and r.can_be_named and (r.to_public or r.to_app)
