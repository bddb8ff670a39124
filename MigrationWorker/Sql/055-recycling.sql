-- What makes a tenant's schema a spare one, as one script to carry out. Run by tp_owner; $1 is the schema, $2 its new name.

with tables as (
    select c.oid, c.relname as name, format('%I.%I', $1, c.relname) as target
    from pg_class c where c.relnamespace = to_regnamespace(quote_ident($1)) and c.relkind in ('r', 'p')
)
select 'truncate ' || (select string_agg(target, ', ' order by name) from tables) || '; '
    || coalesce((
        select string_agg(format('alter table %s drop constraint %I;', t.target, k.conname), ' ')
        from tables t join pg_constraint k on k.conrelid = t.oid and k.conname = 'ck_' || t.name || '_pinned'), '')
    || format(' revoke usage on schema %I from tp_app; alter schema %I rename to %I', $1, $1, $2)
