namespace TenantPlatform.Data.Tests.Isolation.Posture;

internal static class GuardBreaches
{
    private const string Todos = "pooled.todos";
    private const string AsOwner = "set local role tp_owner; ";
    private const string Pinned = "set search_path = pg_catalog, pg_temp";

    public static IEnumerable<Breach> All =>
    [
        new("policy-missing", Todos, "drop policy tenant_isolation on pooled.todos"),
        new("policy-missing", "platform.verifications", "drop policy auth_only on platform.verifications"),
        new("policy-missing", "platform.users", "drop policy change on platform.users"),
        new("policy-missing", Todos, "alter policy tenant_isolation on pooled.todos rename to something_else", "policy-extra"),
        new("policy-open", Todos, "alter policy tenant_isolation on pooled.todos using (true)"),
        new("policy-open", Todos, "alter policy tenant_isolation on pooled.todos with check (tenant_id is not null)"),
        new("policy-open", Todos, "create policy more on pooled.todos for select using (title like 'a%')"),
        new("policy-open", Todos, "create policy owner_access on pooled.todos to tp_app using (created_by is not null)"),
        new("policy-open", "platform.users", "alter policy read on platform.users using (true)"),
        new("policy-open", "platform.users", "alter policy change on platform.users with check (id is not null)"),
        new("policy-open", "platform.sessions", "create policy more on platform.sessions for select using (true)"),
        new("policy-altered", Todos, "alter policy tenant_isolation on pooled.todos to tp_owner"),
        new("policy-altered", Todos, "alter policy tenant_isolation on pooled.todos using (tenant_id = (select tenancy.tenant_id()) or true)"),
        new("policy-altered", Todos, """
            create function public.yes(uuid, uuid) returns boolean language sql as 'select true';
            create operator public.= (leftarg = uuid, rightarg = uuid, function = public.yes); set local search_path = public, pg_catalog;
            alter policy tenant_isolation on pooled.todos using (tenant_id = (select tenancy.tenant_id()))
            """),
        new("policy-altered", "platform.tenant_users", "alter policy change on platform.tenant_users using (tenant_id = any (tenancy.my_tenants()))"),
        new("policy-altered", "platform.users", """
            drop policy read on platform.users;
            create policy read on platform.users using (id = (select tenancy.user_id()) or (select tenancy.scope()) in ('auth', 'platform'))
            """),
        new("policy-extra", "platform.users", "create policy more on platform.users for select using (tenancy.scope() is not null)"),
        new("policy-extra", Todos, "create policy less on pooled.todos as restrictive using (not completed)"),
        new("table-unknown", "platform.novelty", $"""
            {AsOwner} create table platform.novelty (id uuid primary key);
            alter table platform.novelty enable row level security, force row level security;
            create policy read on platform.novelty for select using ((select tenancy.scope()) is not null)
            """),
        new("policy-open", "platform.novelty", $"""
            {AsOwner} create table platform.novelty (id uuid primary key);
            alter table platform.novelty enable row level security, force row level security;
            create policy read on platform.novelty for select using (true)
            """, "table-unknown"),
        new("function-missing", "tenancy.invitation_offers(uuid, bytea)", "drop function tenancy.invitation_offers(uuid, bytea)"),
        new("function-altered", "tenancy.scope()",
            $"create or replace function tenancy.scope() returns text language sql stable parallel safe security definer {Pinned} as 'select ''platform'''"),
        new("function-altered", "tenancy.claim(integer)", "alter function tenancy.claim(int) volatile"),
        new("function-altered", "tenancy.home()", "alter function tenancy.home() security invoker"),
        new("function-altered", "tenancy.enter(text)", "alter procedure tenancy.enter(text) set work_mem = '4MB'"),
        new("function-unknown", "tenancy.peek()", $"{AsOwner} create function tenancy.peek() returns int language sql as 'select 1'; revoke all on function tenancy.peek() from public"),
        new("function-unknown", "pooled.peek()", $"""
            {AsOwner} create function pooled.peek() returns bigint language sql security definer {Pinned} as 'select count(*) from pooled.todos';
            revoke all on function pooled.peek() from public; grant execute on function pooled.peek() to tp_app
            """),
        new("function-public", "tenancy.claim(integer)", "grant execute on function tenancy.claim(int) to public"),
        new("definer-search-path", "tenancy.home()", "alter function tenancy.home() reset search_path"),
        new("definer-search-path", "tenancy.claim(integer)", "alter function tenancy.claim(int) set search_path = pooled, pg_catalog"),
        new("definer-elsewhere", "public.peek()", $"create function public.peek() returns bigint language sql security definer {Pinned} as 'select count(*) from pooled.todos'"),
        new("function-leakproof", "public.sees(uuid)", "create function public.sees(uuid) returns boolean language plpgsql leakproof as 'begin return true; end'"),
        new("function-untrusted", "public.run()", "create function public.run() returns int language internal as 'pg_backend_pid'"),
    ];
}
