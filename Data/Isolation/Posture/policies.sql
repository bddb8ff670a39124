-- Each policy against expected-guards.txt, word for word. A table that this build does not know cannot be judged by it.
select 'policy-missing', g.name, 'it has no ' || split_part(e.name, ' on ', 1)
from guarded g
join expected e on e.target = g.target
where (g.oid, e.name) not in (select oid, name from policy)
union all
select 'policy-missing', g.name, 'it has no policy at all'
from guarded g
where not exists (select from expected e where e.target = g.target) and g.oid not in (select oid from policy)
union all
select case
           when p.polpermissive and (p.visible not like '%tenancy.%' or p.writable not like '%tenancy.%') then 'policy-open'
           when e.name is not null then 'policy-altered'
           when exists (select from expected x where x.target = p.target) then 'policy-extra'
       end,
       p.relation, format('policy %I is ', p.polname) || regexp_replace(p.definition, '\s+', ' ', 'g')
from policy p
left join expected e on e.name = p.name
where e.definition is distinct from p.definition
  and (exists (select from expected x where x.target = p.target)
    or p.polpermissive and (p.visible not like '%tenancy.%' or p.writable not like '%tenancy.%'))
union all
select 'table-unknown', g.name, 'another build made this table, so its policies cannot be compared'
from guarded g
where not exists (select from expected e where e.target = g.target) and g.oid in (select oid from policy)
