using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Verbs;
using TenantPlatform.MigrationWorker.Verbs.Apply;
using TenantPlatform.MigrationWorker.Verbs.Doctor;

return args switch
{
    [] or [['-', ..], ..] => await Worker.RunAsync(args, ApplyVerb.RunAsync),
    ["apply" or "plan" or "list-pending" or "status" or "script" or "canary", ..] => await ApplyVerbs.RunAsync(args),
    ["verify", .. var options] => await VerifyVerb.RunAsync(options),
    ["schema", "guards", .. var options] => await Worker.RunAsync(["--Logging:LogLevel:Default=Warning", .. options], SchemaGuardsVerb.RunAsync),
    ["schema", "docs", .. var options] => SchemaDocsVerb.Run(options),
    ["doctor", .. var options] => await DoctorVerb.RunAsync(options),
    ["keys", .. var keys] => await KeysVerbs.RunAsync(keys),
    ["tenant", "move", .. var options] => await TenantMoveVerb.RunAsync(options),
    ["tenants", .. var options] => await TenantsVerbs.RunAsync(options),
    ["serve"] => await ServeVerb.RunAsync(),
    ["provision", .. var options] => await ProvisionVerb.RunAsync(options),
    ["staff", .. var staff] => await StaffVerbs.RunAsync(staff),
    _ => Usage.Refuse(args),
};
