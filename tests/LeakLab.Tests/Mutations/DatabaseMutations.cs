namespace TenantPlatform.LeakLab.Tests.Mutations;

internal static class DatabaseMutations
{
    public static IReadOnlyList<Mutation> All { get; } = [.. Tables(), .. Policies(), .. Rights(), .. Code(), .. Contexts()];

    private static IEnumerable<Mutation> Tables() =>
    [
        new("row-level security is switched off", "todos") { Sql = "alter table pooled.todos disable row level security" },
        new("row-level security is not forced", "todos") { Sql = "alter table pooled.todos no force row level security" },
        new("a unique index without tenant_id", "teams")
        {
            Sql = "drop index platform.ix_teams_tenant_id_name; create unique index on platform.teams (name) where deleted is null",
        },
    ];

    private static IEnumerable<Mutation> Policies() =>
    [
        new("a policy is dropped", "todos") { Sql = "drop policy tenant_isolation on pooled.todos" },
        new("a policy that is always true is added", "todos") { Sql = "create policy more on pooled.todos using (true)" },
        new("a policy accepts every new row", "todos") { Sql = "alter policy tenant_isolation on pooled.todos with check (true)" },
        new("a policy has no check of its own", "todos")
        {
            Sql = """
                drop policy tenant_isolation on pooled.todos;
                create policy tenant_isolation on pooled.todos using (tenant_id = (select tenancy.tenant_id()))
                """,
        },
        new("everybody in a tenant may read people", "users")
        {
            Sql = "alter policy read on platform.users using (id = tenancy.user_id() or tenancy.scope() in ('auth', 'platform', 'tenant'))",
        },
        new("sessions are readable whoever asks", "sessions") { Sql = "alter policy read on platform.sessions using (true)" },
    ];

    private static IEnumerable<Mutation> Rights() =>
    [
        new("tp_app may read the signing keys", "todos") { Sql = "grant select on tenancy.signing_keys to tp_app" },
        new("tp_app may truncate", "todos") { Sql = "grant truncate on pooled.todos to tp_app" },
        new("tp_app owns a table", "todos") { Sql = "alter table pooled.todos owner to tp_app" },
        new("tp_app has BYPASSRLS", "todos") { Sql = "alter role tp_app bypassrls", Undo = "alter role tp_app nobypassrls" },
        new("tp_app is a member of tp_owner", "todos") { Sql = "grant tp_owner to tp_app", Undo = "revoke tp_owner from tp_app" },
    ];

    private static IEnumerable<Mutation> Code() =>
    [
        new("a view reads with its owner's rights", "todos")
        {
            Sql = "create view pooled.all_todos with (security_invoker = off) as select * from pooled.todos; grant select on pooled.all_todos to tp_app",
        },
        new("a materialized view keeps copies", "todos")
        {
            Sql = "create materialized view pooled.kept_todos as select * from pooled.todos; grant select on pooled.kept_todos to tp_app",
        },
        new("a function reads with its owner's rights", "todos")
        {
            Sql = """
                create function pooled.all_todos() returns setof pooled.todos language sql stable security definer
                set search_path = pg_catalog, pg_temp as 'select * from pooled.todos'
                """,
        },
        new("a trigger writes with its owner's rights", "todos")
        {
            Sql = """
                create function pooled.touch_all_todos() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
                as $$ begin
                    if pg_trigger_depth() = 1 then
                        update pooled.todos set priority = 1 + priority % 5;
                    end if;
                    return null;
                end $$;
                create trigger touch_all_todos after update on pooled.todos for each statement execute function pooled.touch_all_todos()
                """,
        },
        new("a guard's search_path is open", "todos") { Sql = "alter function tenancy.claim(int) reset search_path" },
    ];

    private static IEnumerable<Mutation> Contexts() =>
    [
        new("signatures are not compared", "todos") { Sql = Rewrite("tenancy.refusal(text)", ("fields[7] is distinct from", "false and fields[7] is distinct from")) },
        new("a context without signature passes", "todos")
        {
            Sql = Rewrite("tenancy.refusal(text)", ("cardinality(fields) <> 7", "cardinality(fields) < 6"), ("fields[7] is distinct from", "fields[7] <>")),
        },
        new("expiry is not looked at", "todos") { Sql = Rewrite("tenancy.refusal(text)", ("fields[5]::bigint < instant", "false and fields[5]::bigint < instant")) },
        new("signatures do not cover which key it was", "todos")
        {
            Sql = Rewrite(
                "tenancy.refusal(text)",
                ("convert_to(left(context, -1 - length(fields[7])), 'UTF8')", "convert_to(array_to_string(fields[1:5], '.') || '.' || signer.id, 'UTF8')"),
                ("key.outer_pad", "signer.outer_pad"),
                ("key.inner_pad", "signer.inner_pad"),
                ("if not found or", "select k.* into signer from tenancy.signing_keys k order by k.created limit 1; if"),
                ("key record;", "key record; signer record;")),
        },
        new("the context stays on the connection", "todos") { Sql = Rewrite("tenancy.enter(text)", ("set local tenancy.context", "set tenancy.context")) },
        new("the context's tenant is folded into cached plans", "todos") { Sql = "alter function tenancy.tenant_id() immutable" },
    ];

    // Fails if there is nothing to replace: a mutation that changes nothing would survive, or be killed, for no reason.
    private static string Rewrite(string routine, params (string Old, string New)[] changes)
    {
        var steps = changes.Select(change => $"""
            if position($old${change.Old}$old$ in definition) = 0 then
                raise exception 'the routine has no such text any more: %', $old${change.Old}$old$;
            end if;
            definition := replace(definition, $old${change.Old}$old$, $new${change.New}$new$);
            """);
        return $"""
            do $mutation$
            declare
                definition text := pg_get_functiondef('{routine}'::regprocedure);
            begin
                {string.Join('\n', steps)}
                execute definition;
            end $mutation$
            """;
    }
}
