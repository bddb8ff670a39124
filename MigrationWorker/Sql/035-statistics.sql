-- Run by tp_owner after the grants. Statistics are collected over all tenants' rows, and the planner uses them for estimates
-- before any policy: EXPLAIN would tell which texts are common, and by comparing between which others they lie.
-- Schemas of single tenants take theirs over from pooled, see 050-likeness.sql.
-- Texts that only take values of a list keep theirs: the list is no secret, and plans need to know which value is rare.

do $$
declare
    kept record;
begin
    for kept in
        select c.oid::regclass as relation, a.attname
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and c.relrowsecurity and c.relnamespace in ('platform'::regnamespace, 'pooled'::regnamespace)
          and a.attnum > 0 and not a.attisdropped and a.atttypid in ('text'::regtype, 'bytea'::regtype) and a.attstattarget is distinct from 0
          and not exists (
            select from pg_constraint k
            where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) ~ '^CHECK \(\(\w+ = ANY ')
    loop
        execute format('alter table %s alter column %I set statistics 0', kept.relation, kept.attname);
    end loop;
end $$;
