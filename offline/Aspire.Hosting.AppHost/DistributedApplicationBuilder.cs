using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes a distributed application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = AppHostSettings.OperationKey,
        ["--publisher"] = AppHostSettings.PublisherKey,
        ["--output-path"] = AppHostSettings.OutputPathKey,
        ["--step"] = AppHostSettings.StepKey,
    };

    private readonly HostApplicationBuilder host;
    private readonly AppHostInterceptor? interceptor = AppHostInterceptor.Current;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        interceptor?.Constructing(options, settings);
        host = new HostApplicationBuilder(settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? Metadata("apphostprojectpath") ?? host.Environment.ContentRootPath;
        UserSecrets = UserSecrets.Of(AppHostAssembly);

        AddConfiguration(options);
        ExecutionContext = CreateExecutionContext();
        host.AddAppHostServices(this, options);
        interceptor?.Constructed(this);
    }

    public ConfigurationManager Configuration => host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => host.Environment;

    public IServiceCollection Services => host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal UserSecrets UserSecrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.FirstOrDefault(known => ResourceNames.Same(known.Name, resource.Name)) is { } known)
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{known.GetType()}' with that name already exists. Resource names are case-insensitive.");

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        interceptor?.Building(this);
        var application = new DistributedApplication(host.Build());
        ExecutionContext.ServiceProvider = application.Services;
        interceptor?.Built(application);
        return application;
    }

    private void AddConfiguration(DistributedApplicationOptions options)
    {
        if (AppHostAssembly is not null && host.Environment.IsDevelopment())
            Configuration.AddUserSecrets(AppHostAssembly, optional: true);

        // Again after the secrets, which they overrule.
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine(options.Args ?? [], Switches);
        var project = Path.Join(AppHostDirectory, Metadata("apphostprojectname") ?? Environment.ApplicationName);
        // A published volume name must not depend on where the sources happen to lie.
        var identity = IsPublish(Configuration) ? Path.GetFileName(project) : project.ToLowerInvariant();
        Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = project,
            [AppHostSettings.HashKey] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identity))),
        });
    }

    private DistributedApplicationExecutionContext CreateExecutionContext() => IsPublish(Configuration)
        ? new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish, Configuration[AppHostSettings.PublisherKey] ?? "manifest")
        : new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);

    private static bool IsPublish(ConfigurationManager configuration)
    {
        var operation = configuration[AppHostSettings.OperationKey];
        if (operation is not null && !operation.Equals("run", StringComparison.OrdinalIgnoreCase) && !operation.Equals("publish", StringComparison.OrdinalIgnoreCase))
            throw new DistributedApplicationException($"The operation '{operation}' is not known. Valid operations are 'publish' or 'run'.");

        return string.Equals(operation, "publish", StringComparison.OrdinalIgnoreCase)
            || (operation is null && configuration[AppHostSettings.PublisherKey] is not null);
    }

    private string? Metadata(string key) => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value;
}
