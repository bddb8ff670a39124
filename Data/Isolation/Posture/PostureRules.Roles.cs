namespace TenantPlatform.Data.Isolation.Posture;

/// <content>Roles, what they were given, and what their sessions begin with.</content>
public static partial class PostureRules
{
    private const string RunWorker = "run the migration worker";

    private static PostureRule[] Roles =>
    [
        Error("app-role-missing", "The role tp_app exists.", RunWorker),
        Error("app-role-privileged", "tp_app has no attribute but LOGIN.",
            "alter role {object} nosuperuser nobypassrls nocreaterole nocreatedb noreplication, or run the migration worker"),
        Error("app-role-member", "tp_app is a member of no role, neither ours nor PostgreSQL's own (pg_read_all_data, pg_execute_server_program, ...).",
            "revoke the membership from {object}"),
        Error("app-role-owns", "tp_app owns nothing: an owner can switch policies off.", "give {object} to tp_owner"),
        Error("app-role-creates", "tp_app cannot create schemas or objects in them.", "revoke create on {object} from tp_app and public"),
        Error("app-role-temporary", "tp_app cannot create temporary tables, which would stand in front of real ones for the next user of a pooled connection.",
            "revoke temporary on database {object} from tp_app and public"),
        Error("app-role-parameter", "tp_app was given no parameter of the server.", "revoke set, alter system on parameter {object} from tp_app and public"),
        Warning("database-public", "Only roles that were given CONNECT reach the database.", "revoke all on database {object} from public"),
        Warning("database-template", "The database is no template.", "alter database {object} is_template false"),
        Warning("owner-privileged", "tp_owner has no attribute but LOGIN and BYPASSRLS.", "alter role {object} nosuperuser nocreaterole noreplication"),
        Warning("owner-member", "Nobody but administrators can act as tp_owner.", "revoke tp_owner from {object}, or know why not"),
        Warning("role-bypasses", "No role but tp_owner and administrators has BYPASSRLS.", "alter role {object} nobypassrls, or know why not"),
    ];

    private static PostureRule[] Settings =>
    [
        Error("setting-dangerous", "No session begins with a tenant context, another role or without triggers.",
            "alter role tp_app reset {object}, and the same for the database and the server's configuration"),
        Warning("setting-risky", "No setting of role, database or server weakens policies, quoting or the search path.",
            "alter role tp_app reset {object}, and the same for the database and the server's configuration"),
    ];

    private static PostureRule[] Grants =>
    [
        Error("signing-keys-open", "tp_app and public have no right on the signing keys: who reads one can become any tenant.",
            "revoke all on {object} from tp_app and public, and replace the keys"),
        Warning("signing-keys-shared", "Nobody but tp_owner and administrators reads the signing keys.", "revoke it on {object}: whoever reads a key can become any tenant"),
        Error("history-open", "tp_app and public have no right on migrations_history, which has no policies.", "revoke all on {object} from tp_app and public"),
        Error("grant-public", "Public has no right on our schemas and tables.", "revoke all on {object} from public"),
        Error("spare-open", "tp_app cannot use a schema that belongs to no tenant yet.", "revoke all on schema {object} from tp_app"),
        Error("grant-beyond", "tp_app has no right that policies do not limit: TRUNCATE, REFERENCES, TRIGGER, MAINTAIN; in the control plane neither DELETE nor UPDATE of whole rows and keys.",
            "revoke it on {object} from tp_app: 030-grants.sql lists all that tp_app needs"),
        Error("grant-option", "tp_app cannot hand its rights on.", "revoke grant option for all on {object} from tp_app"),
        Error("default-privileges", "No default privileges open new tables to tp_app or public before they have policies.",
            "alter default privileges ... revoke all ... from tp_app and public ({object})"),
        Error("catalog-open", "tp_app and public have no right on system catalogs and functions beyond what PostgreSQL ships with.",
            "revoke all on {object} from tp_app; from public what was added"),
    ];

    private static PostureRule[] Serving =>
    [
        Error("serving-role-privileged", "The API connects as a role that policies bind.", "connect as tp_app"),
        Error("serving-role-owns", "The API connects as a role that cannot act as the owner of tables.", "connect as tp_app"),
        Error("serving-context", "A fresh session has no tenant context.", "find what sets tenancy.context: role, database, server or connection string"),
        Warning("serving-role-other", "The API connects as tp_app, the role whose rights are judged.", "connect as tp_app"),
    ];
}
