-- Views and copies of tenants' rows, through however many views they come.
select 'view-definer', name, 'it reads tenants'' rows with its owner''s rights'
from view where relkind = 'v' and reachable and not invoker
union all
select 'view-materialized', name, 'it is a copy of rows that no policy guards'
from view where relkind = 'm' and reachable
union all
select 'view-elsewhere', name, 'it shows all tenants'' rows to whoever may read it'
from view where not reachable and (relkind = 'm' or not invoker)
