using TenantPlatform.LeakLab.Database.ReadOnly;

return await LabCommand.ExecuteAsync(args, Console.Out, Console.Error, CancellationToken.None);
