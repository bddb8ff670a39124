-- Run by tp_owner after the migrations. Table by table and never by default privileges: a new table stays closed until
-- the worker that created it has put its policies on it and comes by here.

grant usage on schema platform, pooled, tenancy to tp_app;
grant select, insert, update, delete on all tables in schema platform to tp_app;
grant select, insert, update, delete on all tables in schema pooled to tp_app;

-- What was migrated is the worker's business.
revoke all on platform.migrations_history, pooled.migrations_history from tp_app;

-- signing_keys is in none of these lists: who reads the pads can sign.
revoke all on all tables in schema tenancy from tp_app;
grant execute on function tenancy.tenant_id(), tenancy.user_id(), tenancy.scope(), tenancy.my_tenants(), tenancy.home() to tp_app;
grant execute on procedure tenancy.enter(text) to tp_app;

-- Without BYPASSRLS the owner is held by its own tables' policies, and a backfill would silently change nothing.
do $$
declare
    guarded regclass;
begin
    if not (select rolbypassrls or rolsuper from pg_roles where rolname = current_user) then
        for guarded in
            select c.oid from pg_class c
            where c.relrowsecurity and c.relnamespace::regnamespace::text in ('platform', 'pooled')
              and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_access')
        loop
            execute format('create policy owner_access on %s to tp_owner using (true) with check (true)', guarded);
        end loop;
    end if;
end $$;
