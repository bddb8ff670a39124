using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets a test run an AppHost's entry point and take over what it builds.</summary>
internal abstract class AppHostInterceptor
{
    private static readonly AsyncLocal<AppHostInterceptor?> Flow = new();

    public static AppHostInterceptor? Current { get => Flow.Value; set => Flow.Value = value; }

    /// <summary>Completes when the test is done with the application, so that the entry point may end.</summary>
    public abstract Task Finished { get; }

    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    public abstract void Constructed(DistributedApplicationBuilder builder);

    /// <summary>Blocks until the test has made its changes to the model.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);

    public abstract void Disposed();
}
