using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TenantPlatform.AppHost;

internal static class AppHostExtensions
{
    /// <summary>A generated password, kept in the user secrets so that it is the same in the next run.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);

    public static IResourceBuilder<ProjectResource> WaitForServer(this IResourceBuilder<ProjectResource> project, DatabaseServer server) =>
        server.Resource is null ? project : project.WaitFor(server.Resource);

    /// <summary>Aspire's console stays silent when a resource fails; this says what failed, why, and what therefore does not start.</summary>
    public static void ReportFailure<T>(this IResourceBuilder<T> failing, string consequence)
        where T : IResource =>
        failing.OnResourceStopped(async (resource, stopped, cancellationToken) =>
        {
            // What stops with the application may find its services gone.
            if (stopped.ResourceEvent.Snapshot.ExitCode is { } exitCode and not 0
                && !stopped.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            {
                var reason = await ReasonAsync(resource, stopped.Services, cancellationToken);
                Logger(stopped.Services).LogError("'{Resource}' failed with exit code {ExitCode}, so {Consequence}. {Reason}", resource.Name, exitCode, consequence, reason);
            }
        });

    public static void ReportReady(this IResourceBuilder<ProjectResource> project) =>
        project.OnResourceReady((resource, ready, _) =>
        {
            var url = resource.GetEndpoint("http").Url;
            Logger(ready.Services).LogInformation("'{Resource}' is ready at {Url} (try {Docs})", resource.Name, url, $"{url}/docs");
            return Task.CompletedTask;
        });

    // What fails says why on stderr; everything else is on stdout.
    private static async Task<string> ReasonAsync(IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        var reason = new List<string>();

        await foreach (var batch in services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource).WithCancellation(cancellationToken))
        {
            reason.AddRange(batch.Where(line => line.IsErrorMessage).Select(line => line.Content));
        }

        return reason.Count == 0 ? "Its log in the dashboard says why." : string.Join('\n', reason);
    }

    private static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("TenantPlatform");
}
