namespace TenantPlatform.Data.Tests.Isolation.Posture;

internal static class RoleBreaches
{
    private const string App = "tp_app";

    public static IEnumerable<Breach> All =>
    [
        new("app-role-missing", App, "alter role tp_app rename to tp_other"),
        new("app-role-privileged", App, "alter role tp_app superuser"),
        new("app-role-privileged", App, "alter role tp_app bypassrls"),
        new("app-role-privileged", App, "alter role tp_app createrole"),
        new("app-role-privileged", App, "alter role tp_app createdb"),
        new("app-role-privileged", App, "alter role tp_app replication"),
        new("app-role-member", App, "create role harmless; grant harmless to tp_app"),
        new("app-role-member", App, "grant tp_owner to tp_app"),
        new("app-role-member", App, "grant pg_read_all_data to tp_app"),
        new("app-role-member", App, "grant pg_write_all_data to tp_app"),
        new("app-role-member", App, "grant pg_execute_server_program to tp_app"),
        new("app-role-owns", "platform.users", "alter table platform.users owner to tp_app"),
        new("app-role-owns", "pooled", "alter schema pooled owner to tp_app"),
        new("app-role-owns", "tenancy.home()", "alter function tenancy.home() owner to tp_app"),
        new("app-role-owns", "public.mine", "create table public.mine (id uuid); alter table public.mine owner to tp_app"),
        new("app-role-owns", "spare", "alter database spare owner to tp_app"),
        new("app-role-creates", "public", "grant create on schema public to tp_app"),
        new("app-role-creates", "pooled", "grant create on schema pooled to public"),
        new("app-role-creates", "spare", "grant create on database spare to tp_app"),
        new("app-role-temporary", "spare", "grant temporary on database spare to public"),
        new("app-role-temporary", "spare", "grant temporary on database spare to tp_app"),
        new("app-role-parameter", "session_replication_role", "grant set on parameter session_replication_role to tp_app"),
        new("database-public", "spare", "grant connect on database spare to public"),
        new("database-template", "spare", "alter database spare is_template true"),
        new("owner-privileged", "tp_owner", "alter role tp_owner createrole"),
        new("owner-privileged", "tp_owner", "alter role tp_owner superuser"),
        new("owner-member", "curious", "create role curious login; grant tp_owner to curious"),
        new("role-bypasses", "curious", "create role curious login bypassrls"),
        new("setting-dangerous", "tenancy.context", "alter role tp_app set tenancy.context = 'v1.forever'"),
        new("setting-dangerous", "session_replication_role", "alter database spare set session_replication_role = replica"),
        new("setting-dangerous", "session_replication_role", "set local session_replication_role = replica"),
        new("setting-dangerous", "role", "alter role tp_app in database spare set role = tp_owner"),
        new("setting-risky", "row_security", "alter role tp_app set row_security = off"),
        new("setting-risky", "search_path", "alter database spare set search_path = public, pooled"),
        new("setting-risky", "standard_conforming_strings", "alter role tp_app set standard_conforming_strings = off"),
        new("setting-risky", "lo_compat_privileges", "set local lo_compat_privileges = on"),
        new("serving-role-privileged", "nimble", "create role nimble bypassrls; set local role nimble", "role-bypasses"),
        new("serving-role-privileged", "postgres", "select 1", "serving-role-owns"),
        new("serving-role-owns", "tp_owner", "set local role tp_owner", "serving-role-privileged"),
        new("serving-role-owns", "nimble", "create role nimble; grant tp_owner to nimble; set local role nimble", "owner-member"),
        new("serving-role-other", "nimble", "create role nimble; set local role nimble"),
        new("serving-context", "tp_app", "set local tenancy.context = 'v1.forever'; set local role tp_app"),
    ];
}
