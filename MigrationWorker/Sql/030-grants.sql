-- Run by tp_owner after the migrations. Table by table and never by default privileges: a new table stays closed until
-- the worker that created it has put its policies on it and comes by here.

grant usage on schema platform, pooled, tenancy to tp_app;

-- The tenant plane: policies and nothing else decide.
grant select, insert, update, delete on all tables in schema pooled to tp_app;

-- History is written once: what was audited also stays, until the tenant is purged.
revoke update on pooled.audit_logs, pooled.onboarding_analytics, pooled.ct_raw_snapshots from tp_app;
revoke delete on pooled.audit_logs from tp_app;

-- The control plane begins with nothing, so that what leaves the lists below is gone after the next run.
-- Nobody deletes here: the API marks rows as deleted, and the worker purges, because a user or a tenant takes everything along.
-- Whose a row is, what it was made from and when never changes: those columns are in no list.
revoke all on all tables in schema platform from tp_app;

-- Who is who. Policies keep to one's own rows, and to signing in (scope auth).
grant select, insert on platform.users, platform.accounts, platform.sessions, platform.verifications to tp_app;
grant update (email, email_verified, name, given_name, family_name, picture, language, preferences, external_id, status, banned, ban_reason,
    ban_expires, invite_token_hash, invite_expires, onboarding_completed, updated, deleted) on platform.users to tp_app;
grant update (password, access_token, access_token_expires, refresh_token, refresh_token_expires, id_token, scope, updated, deleted)
    on platform.accounts to tp_app;
grant update (tenant_id, expires, updated, deleted) on platform.sessions to tp_app;
grant update (updated, deleted) on platform.verifications to tp_app;
grant select, insert on platform.sign_in_failures to tp_app;
grant update (failures, blocked_until, updated, deleted) on platform.sign_in_failures to tp_app;

-- What is sent to people: written by everybody, read and ticked off by the process that sends it.
grant select, insert on platform.outbox_messages to tp_app;
grant update (payload, attempts, next_attempt, sent, error, updated, deleted) on platform.outbox_messages to tp_app;

-- The platform's staff, whom policies let do this in scope platform only. What they did is never changed.
grant select, insert on platform.platform_users, platform.platform_audit_logs, platform.tenant_entries to tp_app;
grant update (role, updated, deleted) on platform.platform_users to tp_app;
grant update (expires, updated, deleted) on platform.tenant_entries to tp_app;

-- A tenant describes itself. Key, placement, compute, plan and limits are given to it.
grant select, insert on platform.tenants, platform.tenant_users to tp_app;
grant update (slug, name, description, logo, settings, metadata, status, updated, deleted) on platform.tenants to tp_app;
grant update (roles, email, status, joined, updated, deleted) on platform.tenant_users to tp_app;

-- How people come to a tenant and to its teams.
grant select, insert on platform.invitations, platform.teams, platform.team_members, platform.team_invitations to tp_app;
grant update (role, status, expires, token_hash, updated, deleted) on platform.invitations, platform.team_invitations to tp_app;
grant update (name, description, updated, deleted) on platform.teams to tp_app;
grant update (role, updated, deleted) on platform.team_members to tp_app;

-- A tenant's own roles; memberships know them by name, which is why the name stays.
grant select, insert on platform.roles to tp_app;
grant update (description, permissions, updated, deleted) on platform.roles to tp_app;

-- What the platform decides and the API only reads.
grant select on platform.permissions, platform.plans, platform.subscriptions to tp_app;

-- What the API writes down about itself.
grant select, insert on platform.system_metrics, platform.error_logs to tp_app;
grant update (resolved, resolved_by, resolution, updated, deleted) on platform.error_logs to tp_app;

-- What was migrated, and where, is the worker's business.
revoke all on platform.migrations_history, platform.tenant_schemas, platform.tenant_moves, pooled.migrations_history from tp_app;

-- signing_keys is in none of these lists: who reads the pads can sign.
revoke all on all tables in schema tenancy from tp_app;
grant execute on function tenancy.tenant_id(), tenancy.user_id(), tenancy.scope(), tenancy.my_tenants(), tenancy.home(), tenancy.settled_home(), tenancy.refusal(text),
    tenancy.is_my_identity(text, timestamptz, text), tenancy.member_profiles(), tenancy.is_member(uuid, uuid), tenancy.invitation_offers(uuid, bytea) to tp_app;
grant execute on procedure tenancy.enter(text) to tp_app;

-- Without BYPASSRLS the owner is held by its own tables' policies, and a backfill would silently change nothing.
do $$
declare
    guarded regclass;
begin
    if not (select rolbypassrls or rolsuper from pg_roles where rolname = current_user) then
        for guarded in
            select c.oid from pg_class c
            where c.relrowsecurity and c.relnamespace in ('platform'::regnamespace, 'pooled'::regnamespace)
              and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_access')
        loop
            execute format('create policy owner_access on %s to tp_owner using (true) with check (true)', guarded);
        end loop;
    end if;
end $$;
