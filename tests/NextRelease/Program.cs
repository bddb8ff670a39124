using TenantPlatform.MigrationWorker.Verbs.Apply;
using TenantPlatform.NextRelease;

return await ApplyVerbs.RunAsync(args, services => services.AddSingleton(_ => NextSteps.After(Environment.GetEnvironmentVariable(NextSteps.Variable)!)));
