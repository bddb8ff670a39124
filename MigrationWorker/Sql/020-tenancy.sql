-- Run by tp_owner before the migrations: policies call these functions.

create schema if not exists platform;
create schema if not exists pooled;
create schema if not exists tenancy;

-- HMAC pads of the keys that sign tenant contexts, and until when each is accepted. Only the functions below read it.
create table if not exists tenancy.signing_keys (
    id text primary key,
    inner_pad bytea not null check (octet_length(inner_pad) = 64),
    outer_pad bytea not null check (octet_length(outer_pad) = 64),
    created timestamptz not null default now(),
    expires timestamptz,
    revoked timestamptz
);

-- Asked first, because even "add column if not exists" waits for every statement at work and holds up all that follow.
do $$ begin
    if not exists (select from pg_attribute where attrelid = 'tenancy.signing_keys'::regclass and attname = 'revoked') then
        alter table tenancy.signing_keys add column if not exists expires timestamptz, add column revoked timestamptz;
    end if;
end $$;

-- The one place that verifies a context (v1.tenant.user.scope.expiry.key.signature): why it is refused, null when it is not.
-- Measured by the start of the transaction, so that a unit of work does not lose its rows half way.
create or replace function tenancy.refusal(context text, out problem text, out hint text)
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- Seconds: the longest lifetime that a service may configure, and by how much its clock may be ahead of ours.
    longest constant int := 3600 + 300;
    instant constant numeric := extract(epoch from transaction_timestamp());
    fields constant text[] := string_to_array(context, '.');
    key record;
begin
    if cardinality(fields) <> 7 or fields[1] <> 'v1' then
        problem := 'tenant context is malformed';
        hint := 'Only TenantContextSigner makes contexts.';
        return;
    end if;

    select k.inner_pad, k.outer_pad, k.expires, k.revoked into key from tenancy.signing_keys k where k.id = fields[6];
    if not found or fields[7] is distinct from encode(
        sha256(key.outer_pad || sha256(key.inner_pad || convert_to(left(context, -1 - length(fields[7])), 'UTF8'))), 'hex') then
        problem := 'tenant context has no valid signature';
        hint := 'Run the migration worker, with the same Tenancy:SigningKey.';
    elsif key.revoked is not null then
        problem := 'tenant context is signed with a key that was revoked';
        hint := 'Set Tenancy:SigningKey of this service to the key that signs now.';
    elsif key.expires <= transaction_timestamp() then
        problem := 'tenant context is signed with a key that has expired';
        hint := 'Set Tenancy:SigningKey of this service to the key that signs now.';
    elsif fields[5]::bigint < instant then
        problem := 'tenant context has expired';
        hint := 'Compare the clock of this service with that of the database.';
    elsif fields[5]::bigint > instant + longest then
        -- Else whoever got hold of a context signed by a clock far ahead could use it for as long.
        problem := 'tenant context expires too far in the future';
        hint := 'Compare the clock of this service with that of the database.';
    end if;
end $$;

-- What policies ask. A context that is refused counts as none and is no error: policies are asked only when a row has passed the
-- comparisons that PostgreSQL lets run before them, so an error would tell whether there is such a row, whosever it is.
create or replace function tenancy.claim(field int) returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
declare
    context constant text := current_setting('tenancy.context', true);
begin
    return case when context <> '' and (tenancy.refusal(context)).problem is null then nullif(split_part(context, '.', field), '-') end;
end $$;

create or replace function tenancy.tenant_id() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$ select tenancy.claim(2)::uuid $$;

create or replace function tenancy.user_id() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$ select tenancy.claim(3)::uuid $$;

create or replace function tenancy.scope() returns text
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$ select tenancy.claim(4) $$;

-- The tenants that the user may list: an array, because policies on Citus must not contain sub-selects over tables.
create or replace function tenancy.my_tenants() returns uuid[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tenancy.scope() is distinct from 'user' then
        return '{}';
    end if;

    return coalesce(
        (select array_agg(m.tenant_id) from platform.tenant_users m
         where m.user_id = tenancy.user_id() and m.status = 'active' and m.deleted is null), '{}');
end $$;

-- Whether a person who changes their own row stays who they have proven to be: the address may change, but neither its proof nor
-- the identity at a provider may be made up. STABLE, so it sees the row as it was before the change.
create or replace function tenancy.is_my_identity(new_email text, new_email_verified timestamptz, new_external_id text) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (
        select from platform.users u
        where u.id = tenancy.user_id() and u.external_id is not distinct from new_external_id
          and (new_email_verified is null or (u.email = new_email and u.email_verified = new_email_verified)));
end $$;

-- What people of one tenant may know of each other. A function, because a policy would show whole users rows, secrets included.
create or replace function tenancy.member_profiles()
returns table (user_id uuid, email text, name text, given_name text, family_name text, picture text)
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query
    select u.id, coalesce(m.email, u.email), u.name, u.given_name, u.family_name, u.picture
    from platform.tenant_users m
    join platform.users u on u.id = m.user_id
    where m.tenant_id = tenancy.tenant_id();
end $$;

-- What an invitation's link opens: whoever knows the token was invited, signed in or not. Without it invitations stay the tenant's.
create or replace function tenancy.invitation_offers(tenant uuid, hash bytea)
returns table (
    invitation_id uuid, tenant_name text, tenant_logo text, team_name text, email text, role text, status text, expires timestamptz, invited_by_name text)
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query
    select i.id, t.name, t.logo, g.name, i.email, i.role, i.status, i.expires, u.name
    from (
        select v.id, v.tenant_id, v.team_id, v.email, v.role, v.status, v.expires, v.invited_by
        from platform.invitations v where v.tenant_id = tenant and v.token_hash = hash and v.deleted is null
        union all
        select v.id, v.tenant_id, v.team_id, v.email, v.role, v.status, v.expires, v.invited_by
        from platform.team_invitations v where v.tenant_id = tenant and v.token_hash = hash and v.deleted is null
    ) i
    join platform.tenants t on t.id = i.tenant_id and t.status = 'active' and t.deleted is null
    join platform.users u on u.id = i.invited_by
    left join platform.teams g on g.tenant_id = i.tenant_id and g.id = i.team_id
    where tenancy.scope() is not null;
end $$;

-- What checks in schemas of single tenants ask where pooled has a foreign key to tenant_users. Asked by tp_app it knows the context's
-- tenant only: it would tell everybody otherwise who is whose member.
create or replace function tenancy.is_member(tenant uuid, person uuid) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    return (session_user <> 'tp_app' or tenant = tenancy.tenant_id())
        and exists (select from platform.tenant_users m where m.tenant_id = tenant and m.user_id = person);
end $$;

-- Where the context's tenant has its tables. A tenant that does not exist yet is about to be created, and starts pooled.
create or replace function tenancy.home() returns text
language plpgsql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
begin
    return coalesce(
        (select case t.placement when 'dedicated' then 'tenant_' || t.key else 'pooled' end from platform.tenants t where t.id = tenancy.tenant_id()),
        'pooled');
end $$;

-- The same for transactions at REPEATABLE READ or above, whose snapshot may be from before the tenant moved: the lock on the row makes
-- that error 40001, as for any other row that has changed since. Those that only read find what their snapshot shows where it was.
create or replace function tenancy.settled_home() returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('transaction_read_only') = 'off' then
        perform from platform.tenants t where t.id = tenancy.tenant_id() for share;
    end if;

    return tenancy.home();
end $$;

-- Opens a unit of work, or refuses with error 42501 before there is any row to tell of.
-- Invoker's rights and no SET clause: either would undo the settings on return.
-- SET LOCAL by EXECUTE rather than set_config, because only that travels to Citus workers.
create or replace procedure tenancy.enter(context text)
language plpgsql as $$
declare
    refusal record;
    tenant uuid;
begin
    -- Its characters are checked too, because it becomes text of a statement below. Its length apart from them: {1,255} costs 150 us.
    select * into refusal from tenancy.refusal(case when pg_catalog.length(context) <= 255 and context ~ '^[a-z0-9.-]+$' then context else '' end);
    if refusal.problem is not null then
        raise exception using message = refusal.problem, hint = refusal.hint, errcode = '42501';
    end if;

    execute pg_catalog.format('set local tenancy.context = %L', context);
    tenant := nullif(pg_catalog.split_part(context, '.', 2), '-')::uuid;

    if tenant is not null then
        -- A tenant that is being moved is fenced by the exclusive form of this lock; placement is read behind it.
        perform pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended(tenant::text, 0));
        execute pg_catalog.format('set local search_path = %I',
            case pg_catalog.current_setting('transaction_isolation') when 'read committed' then tenancy.home() else tenancy.settled_home() end);
    end if;
end $$;

revoke all on schema tenancy from public;
revoke all on all tables in schema tenancy from public;
revoke all on all routines in schema tenancy from public;
