namespace TenantPlatform.Data.Isolation.Posture;

/// <content>Tables, their keys, and what else holds or shows their rows.</content>
public static partial class PostureRules
{
    private static PostureRule[] Tables =>
    [
        Error("schema-missing", "The schemas platform, pooled and tenancy exist.", RunWorker),
        Error("rls-off", "Every table of both planes has row-level security.", "alter table {object} enable row level security"),
        Error("rls-not-forced", "Row-level security holds the owner too.", "alter table {object} force row level security"),
        Error("owner-other", "Everything of ours belongs to tp_owner.", "give {object} to tp_owner"),
        Error("table-inheritance", "No table outside our schemas is parent or child of one of ours: rows would be reached past their policies.",
            "alter table ... no inherit, or detach the partition ({object})"),
        Error("table-rule", "No table of ours has a rewrite rule.", "drop the rule on {object}"),
        Error("table-trigger", "No table of ours has a trigger.", "drop the trigger on {object}"),
        Error("table-foreign", "Tenants' rows are in no foreign table.", "drop foreign table {object}"),
        Error("table-stray", "tp_app reaches no table with a tenant_id outside our schemas.", "revoke all on {object} from tp_app and public, or drop it"),
        Warning("table-elsewhere", "tp_app reaches no table outside our schemas.", "revoke all on {object} from tp_app and public"),
        Note("sequence-shared", "Tenants share no sequence.", "use uuid keys made in the application instead of {object}"),
    ];

    private static PostureRule[] Keys =>
    [
        Error("tenant-column", "Every table of the tenant plane has tenant_id uuid not null.", "let the entity implement ITenantOwned and add a migration for {object}"),
        Error("tenant-default", "tenant_id has no default: there is no default tenant.", "alter table {object} alter tenant_id drop default"),
        Error("tenant-key", "The primary key of a tenant's table begins with tenant_id.", "make the primary key of {object} (tenant_id, ...)"),
        Error("unique-tenant", "Unique indexes and exclusion constraints of a tenant's table begin with tenant_id.", "make tenant_id the first column of the index on {object}"),
        Error("foreign-key-tenant", "A foreign key to a tenant's table includes tenant_id and stays in its schema.", "add tenant_id to the foreign key of {object}"),
        Error("constraint-off", "Foreign keys and checks are enforced.", "alter table {object} enable trigger all, or make the constraint enforced"),
        Warning("constraint-unproven", "Foreign keys and checks hold for old rows too.", "alter table {object} validate constraint ..."),
        Error("pin-missing", "Every table in a schema tenant_... has a check that pins tenant_id to that tenant.",
            "alter table {object} add constraint ck_..._pinned check (tenant_id = '...'), and find out whose rows are in it"),
        Error("pin-other", "The tables of a schema tenant_... are pinned to the tenant whose key it bears, and no other schema is.",
            "find out whose rows are in {object}, then replace its check"),
    ];

    private static PostureRule[] Views =>
    [
        Error("view-definer", "Views over tenants' rows have security_invoker.", "alter view {object} set (security_invoker = true)"),
        Error("view-materialized", "There is no materialized view over tenants' rows in our schemas or in tp_app's reach.",
            "drop materialized view {object}: use a view with security_invoker, or a table of ours"),
        Warning("view-elsewhere", "No view or copy elsewhere shows all tenants' rows to other roles.", "drop {object}, set security_invoker, or know who reads it"),
    ];
}
