namespace TenantPlatform.MigrationWorker.Verbs;

/// <summary>schema verify: changes nothing, lists every problem on a line of its own, and ends with 1 if there is one.</summary>
internal static class SchemaVerifyVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var problems = await services.GetRequiredService<SchemaCheck>().FindProblemsAsync(cancellationToken);

        foreach (var problem in problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine(problems.Count == 0
            ? "Model, migrations and database agree."
            : $"{problems.Count} problem(s): change the model and add a migration, or undo the change in the database.");
        return problems.Count == 0 ? 0 : 1;
    }
}
