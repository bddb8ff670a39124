using TenantPlatform.EmbeddedPostgres;
using TenantPlatform.EmbeddedPostgres.Sql;

try
{
    return args switch
    {
        ["run", .. var options] => await RunCommand.ExecuteAsync(options),
        ["sql", .. var options] => await SqlCommand.ExecuteAsync(options),
        [] or ["--help" or "-h" or "help"] => Usage.Print(),
        _ => Usage.Refuse($"\"{args[0]}\" is not a command"),
    };
}
catch (EmbeddedPostgresException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
