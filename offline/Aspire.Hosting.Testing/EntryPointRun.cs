using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost's Main on a thread of its own and holds it where the test has to act.</summary>
internal sealed class EntryPointRun(
    Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : AppHostInterceptor
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> builderReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task Finished => finished.Task;

    public async Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Factory.StartNew(RunMain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await builderReady.Task.WaitAsync(cancellationToken);
    }

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        mayBuild.TrySetResult(true);
        return await built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>An application that was built ends by its own disposal.</summary>
    public void Abandon() => mayBuild.TrySetResult(false);

    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = settings.ApplicationName = assembly.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        options.Args = settings.Args = [.. settings.Args ?? [], .. args.Except(settings.Args ?? [])];
        settings.Configuration ??= new ConfigurationManager();
        configure(options, settings);
        TestSettings.Apply(settings, assembly);
    }

    public override void Constructed(DistributedApplicationBuilder builder) => builder.Services.AddHttpClient();

    public override void Building(DistributedApplicationBuilder builder)
    {
        builderReady.TrySetResult(builder);
        if (!mayBuild.Task.GetAwaiter().GetResult())
            throw new OperationCanceledException("The test ended before it built the application.");
    }

    public override void Built(DistributedApplication application) => built.TrySetResult(application);

    public override void Disposed() => finished.TrySetResult();

    private void RunMain()
    {
        Current = this;
        try
        {
            var main = assembly.EntryPoint
                ?? throw new InvalidOperationException($"The assembly '{assembly.GetName().Name}' has no entry point: name a type of the AppHost project.");
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [args], null);
            Fail(new InvalidOperationException($"The entry point of '{assembly.GetName().Name}' ended without building a distributed application."));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        builderReady.TrySetException(e);
        built.TrySetException(e);
    }
}
