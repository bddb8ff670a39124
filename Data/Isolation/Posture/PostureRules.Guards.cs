namespace TenantPlatform.Data.Isolation.Posture;

/// <content>Policies, the functions behind them, the server, and ways out of it.</content>
public static partial class PostureRules
{
    private static PostureRule[] Policies =>
    [
        Error("policy-missing", "Every table has the policies that this build brings.", "restore it on {object} from the migrations"),
        Error("policy-open", "No policy lets rows through without asking for the tenant context.", "drop the policy on {object}, or restore it from the migrations"),
        Error("policy-altered", "Policies are, word for word, those of this build.", "restore it on {object} from the migrations"),
        Error("policy-extra", "There are no further policies.", "drop the policy on {object}"),
        Warning("table-unknown", "This build knows every table of the control plane.", "run 'doctor' of the build that made {object}"),
    ];

    private static PostureRule[] Functions =>
    [
        Error("function-missing", "The schema tenancy has the functions that this build brings.", RunWorker),
        Error("function-altered", "Functions of the schema tenancy are, byte for byte, those of this build.", RunWorker + ", and find out who changed {object}"),
        Error("function-unknown", "Our schemas have no further functions.", "drop {object}, or run the build that brings it"),
        Error("function-public", "Public cannot call our functions.", "revoke all on {object} from public"),
        Error("definer-search-path", "Functions with their owner's rights pin search_path to pg_catalog, pg_temp.", "alter function {object} set search_path = pg_catalog, pg_temp"),
        Error("definer-elsewhere", "tp_app can call no function outside our schemas that runs with its owner's rights.", "revoke execute on {object} from tp_app and public, or make it security invoker"),
        Error("function-leakproof", "Nobody but PostgreSQL and its extensions has leakproof functions.", "alter function {object} not leakproof"),
        Error("function-untrusted", "Outside extensions, tp_app can call no function in an untrusted language (C, plpython3u, ...).", "revoke execute on {object} from tp_app and public"),
    ];

    private static PostureRule[] Server =>
    [
        Error("server-unsafe", "The server has no known way around row-level security.", "use 15.14, 16.10, 17.6, 18 or newer"),
        Warning("publication", "No publication contains tables of ours.", "drop publication {object}, or know every subscriber"),
        Warning("subscription", "Nothing is replicated into the database.", "drop subscription {object}, or know its source"),
        Warning("extension-egress", "No extension opens connections or files from within SQL.", "drop extension {object}, or make sure that tp_app cannot use it"),
        Warning("foreign-server-open", "tp_app and public may use no foreign server.", "revoke usage on {object} from tp_app and public"),
        Warning("statements-visible", "tp_app does not see the statements of others.", "revoke select on {object} from public and tp_app"),
        Warning("large-object", "There are no large objects that all tenants share.", "select lo_unlink({object})"),
        Note("event-trigger", "There are no event triggers.", "know what {object} does, or drop it"),
    ];
}
