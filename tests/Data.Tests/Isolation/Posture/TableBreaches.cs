namespace TenantPlatform.Data.Tests.Isolation.Posture;

internal static class TableBreaches
{
    private const string Todos = "pooled.todos";
    private const string AsOwner = "set local role tp_owner; ";
    private const string NoForeignServer = "create foreign data wrapper nowhere; create server nowhere foreign data wrapper nowhere; ";
    private const string Guard = "alter table pooled.notes enable row level security, force row level security; ";

    private const string Dedicated = $"""
        {AsOwner} create schema tenant_k3y0fs0me0ne; create table tenant_k3y0fs0me0ne.todos (like pooled.todos including all);
        alter table tenant_k3y0fs0me0ne.todos enable row level security, force row level security;
        create policy tenant_isolation on tenant_k3y0fs0me0ne.todos
            using (tenant_id = (select tenancy.tenant_id())) with check (tenant_id = (select tenancy.tenant_id()));
        """;

    /// <summary>As it should be.</summary>
    public const string PinnedDedicated =
        $"{Dedicated} alter table tenant_k3y0fs0me0ne.todos add check (tenant_id = '0198c0de-0000-7000-8000-000000000001')";

    public static IEnumerable<Breach> All =>
    [
        new("schema-missing", "pooled", "alter schema pooled rename to plains"),
        new("rls-off", Todos, "alter table pooled.todos disable row level security"),
        new("rls-off", "platform.sessions", "alter table platform.sessions disable row level security"),
        new("rls-off", "pooled.notes", $"{AsOwner} create table pooled.notes (tenant_id uuid, id uuid, primary key (tenant_id, id))", "policy-missing"),
        new("rls-off", "pooled.part", $"{AsOwner} create table pooled.part (like pooled.todos including all) inherits (pooled.todos)", "policy-missing"),
        new("rls-not-forced", Todos, "alter table pooled.todos no force row level security"),
        new("owner-other", Todos, "alter table pooled.todos owner to postgres"),
        new("owner-other", "tenancy", "alter schema tenancy owner to postgres"),
        new("owner-other", "tenancy.scope()", "alter function tenancy.scope() owner to postgres"),
        new("table-inheritance", "public.all_todos", "create table public.all_todos (like pooled.todos); alter table pooled.todos inherit public.all_todos"),
        new("table-inheritance", "public.more_todos", "create table public.more_todos () inherits (pooled.todos)"),
        new("table-inheritance", "public.all_keys", "create table public.all_keys (like tenancy.signing_keys including all); alter table tenancy.signing_keys inherit public.all_keys"),
        new("table-rule", Todos, "create rule copy as on insert to pooled.todos do instead nothing"),
        new("table-trigger", Todos, "create trigger copy before update on pooled.todos for each row execute function suppress_redundant_updates_trigger()"),
        new("table-foreign", "pooled.far", $"{NoForeignServer} create foreign table pooled.far (id uuid) server nowhere; alter table pooled.far owner to tp_owner"),
        new("table-foreign", "public.far", $"{NoForeignServer} create foreign table public.far (tenant_id uuid) server nowhere; grant select on public.far to tp_app"),
        new("table-stray", "public.copy", "create table public.copy as select * from pooled.todos; grant select on public.copy to tp_app"),
        new("table-stray", "public.copy", "create table public.copy as select * from pooled.todos; grant select (title) on public.copy to public"),
        new("table-elsewhere", "public.shared", "create table public.shared (id uuid); grant select on public.shared to tp_app"),
        new("sequence-shared", "pooled.numbers", $"{AsOwner} create sequence pooled.numbers"),
        new("tenant-column", "pooled.notes", $"{AsOwner} create table pooled.notes (id uuid primary key); {Guard}", "policy-missing"),
        new("tenant-column", "pooled.notes", $"{AsOwner} create table pooled.notes (tenant_id text, id uuid, primary key (tenant_id, id)); {Guard}", "policy-missing"),
        new("tenant-default", Todos, "alter table pooled.todos alter tenant_id set default gen_random_uuid()"),
        new("tenant-key", Todos, "alter table pooled.todos drop constraint pk_todos; alter table pooled.todos add primary key (id, tenant_id)"),
        new("tenant-key", Todos, "alter table pooled.todos drop constraint pk_todos"),
        new("unique-tenant", Todos, "create unique index on pooled.todos (title)"),
        new("unique-tenant", "platform.teams", "alter table platform.teams add unique (name)"),
        new("unique-tenant", Todos, "alter table pooled.todos add exclude (title with =)"),
        new("foreign-key-tenant", Todos, "alter table pooled.todos add foreign key (id, tenant_id) references pooled.report_weeks (tenant_id, id)"),
        new("foreign-key-tenant", Todos, "alter table pooled.todos add foreign key (id, tenant_id) references platform.teams (tenant_id, id)"),
        new("foreign-key-tenant", "tenant_k3y0fs0me0ne.todos",
            $"{PinnedDedicated}; alter table tenant_k3y0fs0me0ne.todos add foreign key (tenant_id, id) references pooled.report_weeks (tenant_id, id)"),
        new("constraint-off", Todos, "alter table pooled.todos disable trigger all"),
        new("constraint-unproven", Todos, "alter table pooled.todos add check (title <> '-') not valid"),
        new("pin-missing", "tenant_k3y0fs0me0ne.todos", Dedicated),
        new("pin-missing", "tenant_k3y0fs0me0ne.todos", $"{PinnedDedicated} not valid", "constraint-unproven"),
        new("pin-missing", "tenant_k3y0fs0me0ne.todos", $"{Dedicated} alter table tenant_k3y0fs0me0ne.todos add check (tenant_id = '0198c0de-0000-7000-8000-000000000001' or completed)"),
        new("pin-other", "tenant_k3y0fs0me0ne.todos", $"{PinnedDedicated}; insert into platform.tenants (id, key, slug, name) values (gen_random_uuid(), 'k3y0fs0me0ne', 'alone', 'Alone')"),
        new("pin-other", "tenant_zz0ther0000.todos", $"{PinnedDedicated}; {PinnedDedicated.Replace("k3y0fs0me0ne", "zz0ther0000", StringComparison.Ordinal)}"),
        new("view-definer", "pooled.all_todos", $"{AsOwner} create view pooled.all_todos as select * from pooled.todos"),
        new("view-definer", "pooled.all_todos", $"{AsOwner} create view pooled.all_todos with (security_invoker = off) as select * from pooled.todos"),
        new("view-definer", "public.all_todos", "create view public.all_todos as select * from pooled.todos; grant select on public.all_todos to tp_app"),
        new("view-definer", "public.keys", "create view public.keys as select * from tenancy.signing_keys; grant select on public.keys to public"),
        new("view-definer", "public.upper",
            "create view public.lower as select * from pooled.todos; create view public.upper as select * from public.lower; grant select on public.upper to tp_app", "view-elsewhere"),
        new("view-materialized", "pooled.all_todos", $"{AsOwner} create materialized view pooled.all_todos as select * from pooled.todos"),
        new("view-materialized", "public.all_todos", "create materialized view public.all_todos as select * from pooled.todos; grant select on public.all_todos to tp_app"),
        new("view-elsewhere", "public.all_todos", "create view public.all_todos as select * from pooled.todos"),
        new("view-elsewhere", "public.all_todos", "create materialized view public.all_todos as select * from pooled.todos"),
    ];
}
