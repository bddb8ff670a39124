using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Verbs;

return args switch
{
    [] or [['-', ..], ..] => await Worker.RunAsync(args, MigrateVerb.RunAsync),
    ["schema", "verify", .. var options] => await Worker.RunAsync(["--Logging:LogLevel:Default=Warning", .. options], SchemaVerifyVerb.RunAsync),
    ["schema", "docs", .. var options] => SchemaDocsVerb.Run(options),
    ["keys", .. var keys] => await KeysVerbs.RunAsync(keys),
    _ => Usage.Refuse(args),
};
