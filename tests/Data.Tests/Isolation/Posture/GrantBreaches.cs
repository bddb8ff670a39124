namespace TenantPlatform.Data.Tests.Isolation.Posture;

internal static class GrantBreaches
{
    public static IEnumerable<Breach> All =>
    [
        new("signing-keys-open", "tenancy.signing_keys", "grant select on tenancy.signing_keys to tp_app"),
        new("signing-keys-open", "tenancy.signing_keys", "grant insert on tenancy.signing_keys to public"),
        new("signing-keys-open", "tenancy.signing_keys.inner_pad", "grant select (inner_pad) on tenancy.signing_keys to public"),
        new("signing-keys-shared", "tenancy.signing_keys", "create role curious; grant select on tenancy.signing_keys to curious"),
        new("signing-keys-shared", "tenancy.signing_keys", "create role curious; grant select (outer_pad) on tenancy.signing_keys to curious"),
        new("signing-keys-shared", "tenancy.signing_keys", "create role curious; grant pg_read_all_data to curious"),
        new("history-open", "pooled.migrations_history", "grant select on pooled.migrations_history to tp_app"),
        new("grant-public", "pooled.todos", "grant select on pooled.todos to public"),
        new("grant-public", "pooled.todos.title", "grant update (title) on pooled.todos to public"),
        new("grant-public", "tenancy", "grant usage on schema tenancy to public"),
        new("spare-open", "spare_k3y0fs0me0ne", "set local role tp_owner; create schema spare_k3y0fs0me0ne; grant usage on schema spare_k3y0fs0me0ne to tp_app"),
        new("grant-public", "spare_k3y0fs0me0ne", "set local role tp_owner; create schema spare_k3y0fs0me0ne; grant usage on schema spare_k3y0fs0me0ne to public"),
        new("grant-beyond", "pooled.todos", "grant truncate on pooled.todos to tp_app"),
        new("grant-beyond", "pooled.todos", "grant references on pooled.todos to tp_app"),
        new("grant-beyond", "pooled.todos", "grant trigger on pooled.todos to tp_app"),
        new("grant-beyond", "platform.users", "grant delete on platform.users to tp_app"),
        new("grant-beyond", "platform.tenants", "grant update on platform.tenants to tp_app"),
        new("grant-beyond", "platform.tenants.placement", "grant update (placement) on platform.tenants to tp_app"),
        new("grant-beyond", "platform.tenant_users.tenant_id", "grant update (tenant_id) on platform.tenant_users to tp_app"),
        new("grant-option", "pooled.todos", "grant select on pooled.todos to tp_app with grant option"),
        new("default-privileges", "pooled", "alter default privileges for role tp_owner in schema pooled grant select on tables to tp_app"),
        new("default-privileges", "all schemas", "alter default privileges for role tp_owner grant select on tables to public"),
        new("default-privileges", "all schemas", "alter default privileges for role postgres grant usage on schemas to tp_app"),
        new("catalog-open", "pg_catalog.pg_authid", "grant select on pg_catalog.pg_authid to tp_app"),
        new("catalog-open", "pg_catalog.pg_authid.rolpassword", "grant select (rolpassword) on pg_catalog.pg_authid to public"),
        new("catalog-open", "pg_catalog.pg_class", "grant update on pg_catalog.pg_class to tp_app"),
        new("catalog-open", "pg_catalog.pg_read_file(text)", "grant execute on function pg_catalog.pg_read_file(text) to public"),
    ];
}
