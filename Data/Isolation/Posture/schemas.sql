-- Which schemas to look into of those that one tenant has alone, or none has yet: $1 of them by chance, or all for null; how many there
-- are; and whether the role sees a table of tenants to compare them with.
with dedicated as (
    select n.oid, n.nspname from pg_namespace n where n.nspname ~ '^(tenant|spare)_'
)
select array(select oid from dedicated order by case when $1 is null then 0 else random() end, nspname limit $1),
       (select count(*)::int from dedicated),
       exists (
           select from pg_namespace n join pg_class c on c.relnamespace = n.oid and c.relname = 'tenants'
           where n.nspname = 'platform' and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))
