namespace TenantPlatform.Data.Tests.Isolation.Posture;

internal static class ServerBreaches
{
    public static IEnumerable<Breach> All =>
    [
        new("publication", "everything", "create publication everything for all tables"),
        new("publication", "todos", "create publication todos for table pooled.todos"),
        new("publication", "keys", "create publication keys for tables in schema tenancy"),
        new("subscription", "incoming", "create subscription incoming connection 'host=127.0.0.1 port=1' publication everything with (connect = false, slot_name = none)"),
        new("extension-egress", "dblink", "create extension dblink"),
        new("foreign-server-open", "nowhere", "create foreign data wrapper nowhere; create server nowhere foreign data wrapper nowhere; grant usage on foreign server nowhere to public"),
        new("foreign-server-open", "nowhere", "create foreign data wrapper nowhere; grant usage on foreign data wrapper nowhere to tp_app"),
        new("statements-visible", "pg_stat_statements", "create extension pg_stat_statements"),
        new("large-object", "4711", "select lo_create(4711); grant select on large object 4711 to public"),
        new("event-trigger", "watch",
            "create function public.watch() returns event_trigger language plpgsql as 'begin end'; create event trigger watch on ddl_command_end execute function public.watch()"),
    ];
}
