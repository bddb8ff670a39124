-- Run by the administrator in the application's database. PostgreSQL lets everybody call these, and each would let SQL that was
-- injected into one tenant's request learn about other tenants, or act on their sessions. Only a superuser can take them away:
-- elsewhere docs/tenancy.md says what stays open.

do $$
declare
    callable regprocedure;
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        raise notice 'functions of PostgreSQL that see or stop other sessions stay callable by tp_app: only a superuser can change that';
        return;
    end if;

    for callable in
        select p.oid from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace
          and (
            -- What other sessions run, and how many rows a statement touched, whatever policies say.
            p.proname like 'pg\_stat\_get\_%'
            -- Run SQL text in the middle of a statement.
            or p.proname like '%\_to\_xml%' or p.proname in ('ts_stat', 'ts_rewrite')
            -- All tenants' sessions have one role, and a role may stop its own.
            or p.proname in ('pg_cancel_backend', 'pg_terminate_backend')
            -- Locks that a pooled connection keeps after the request: who holds a tenant's fence so shuts the tenant out.
            or p.proname in ('pg_advisory_lock', 'pg_advisory_lock_shared', 'pg_try_advisory_lock', 'pg_try_advisory_lock_shared')
            -- Objects that belong to no tenant, in a table without policies.
            or p.proname in ('lo_creat', 'lo_create', 'lo_from_bytea'))
          and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl where acl.grantee = 0)
    loop
        execute format('revoke execute on function %s from public', callable);
        execute format('grant execute on function %s to pg_monitor, tp_owner', callable);
    end loop;

    -- Without DO there is no loop, no exception handler and no EXPLAIN whose result a statement could use.
    if has_language_privilege('tp_app', 'plpgsql', 'usage') then
        revoke usage on language plpgsql from public;
        grant usage on language plpgsql to tp_owner;
    end if;
end $$;
