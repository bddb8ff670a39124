-- Run by the administrator in the application's database; passwords are set by the worker, which has them as parameters.

-- Owns every object and migrates. Nobody serves requests with it.
do $$ begin
    if not exists (select from pg_roles where rolname = 'tp_owner') then
        create role tp_owner login;
    end if;
end $$;

-- The API: may read and write rows that policies allow, and nothing else.
do $$ begin
    if not exists (select from pg_roles where rolname = 'tp_app') then
        create role tp_app login;
    end if;
end $$;
do $$ begin
    if exists (select from pg_roles where rolname = 'tp_app' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)) then
        alter role tp_app nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
    end if;
end $$;

-- Backfills in migrations must see all rows although the tables force row-level security on their owner too.
do $$ begin
    if not (select rolbypassrls from pg_roles where rolname = 'tp_owner') then
        alter role tp_owner bypassrls;
    end if;
exception when insufficient_privilege then
    raise notice 'tp_owner gets policies instead of BYPASSRLS: this server does not let us grant it';
end $$;

-- The owner makes schemas; strangers get nothing by default.
do $$ begin
    execute format('grant connect, create on database %I to tp_owner', current_database());
    execute format('grant connect on database %I to tp_app', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('alter role tp_app in database %I set search_path = pooled', current_database());
end $$;
