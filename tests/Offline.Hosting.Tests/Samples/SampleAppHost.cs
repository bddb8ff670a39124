namespace TenantPlatform.Offline.Hosting.Tests.Samples;

/// <summary>An AppHost that is run as a process of its own, or by the testing builder.</summary>
internal sealed class SampleAppHost
{
    public const string Verb = "sample-apphost";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
        if (builder.Configuration["fail"] is { } reason)
            throw new InvalidOperationException(reason);

        var order = builder.Configuration["order"] ?? "/dev/null";
        var database = builder.AddExecutable("database", "/bin/sh", ".", "-c", Script.OnTerm("database", order));
        var connection = builder.AddConnectionString("connection", ReferenceExpression.Create($"Server={database.Resource.Name}"));
        connection.WithReferenceRelationship(database);
        var api = builder.AddProject<SampleProject>("api").WithArgs(SampleProject.Verb)
            .WithReference(connection).WithHttpHealthCheck("/health").WaitFor(database);
        builder.AddExecutable("frontend", "/bin/sh", ".", "-c", Script.OnTerm("frontend", order)).WithReference(api).WaitFor(api);

        await builder.Build().RunAsync();
        return 0;
    }
}
