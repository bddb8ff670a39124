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

-- A role may change its own settings, and injected SQL is tp_app: what it has left there, read-only transactions for all of the API for
-- instance, goes with the next run. So does a changed password, by the worker.
do $$ begin
    if exists (
        select from pg_db_role_setting s where s.setrole = 'tp_app'::regrole
          and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
          and (s.setdatabase = 0 or s.setconfig <> '{search_path=pooled}')) then
        alter role tp_app reset all;
        execute format('alter role tp_app in database %I reset all', current_database());
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
