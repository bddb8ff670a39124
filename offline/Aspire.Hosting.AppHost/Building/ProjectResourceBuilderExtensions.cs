using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, _ => { });

    /// <param name="launchProfileName">Null: no launch profile at all.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options => UseProfile(options, launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject(name, new TProject(), configure);

    /// <param name="projectPath">Relative to the AppHost's folder.</param>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        builder.AddProject(name, projectPath, options => UseProfile(options, launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        builder.AddProject(name, new ProjectPathMetadata(Path.GetFullPath(projectPath, builder.AppHostDirectory)), configure);

    /// <summary>Runs this many processes behind each proxied endpoint.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    private static void UseProfile(ProjectResourceOptions options, string? launchProfileName)
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    }

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var profile = options.ExcludeLaunchProfile
            ? null
            : LaunchProfile.Find(
                Path.GetDirectoryName(metadata.ProjectPath)!,
                options.LaunchProfileName,
                builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"]);

        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata)
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ExecutionContext.IsRunMode)
            project.WithRunDefaults(profile);
        else
            project.WithPublishDefaults(profile);
        return project;
    }

    private static void WithRunDefaults(this IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        foreach (var variable in ProjectDefaults.DevelopmentVariables)
            project.WithEnvironment(variable, "true");
        project.WithOtlpExporter()
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true")
            .WithEnvironment(ProjectDefaults.SetListenUrls);
        if (profile is null)
            return;

        project.WithAnnotation(new LaunchProfileAnnotation(profile)).WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (key, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(key, Environment.ExpandEnvironmentVariables(value));
        });
        foreach (var address in profile.ApplicationUrls.Select(BindingAddress.Parse))
            project.WithEndpoint(FreeName(project.Resource, address.Scheme), endpoint =>
            {
                endpoint.UriScheme = address.Scheme;
                endpoint.Port = address.Port;
                endpoint.TargetHost = address.Host;
                endpoint.FromLaunchProfile = true;
            });
        if (profile.LaunchUrl is { } launchUrl)
            project.WithUrls(context => ProjectDefaults.ApplyLaunchUrl(context, launchUrl));
    }

    private static string FreeName(ProjectResource project, string scheme)
    {
        var taken = project.Annotations.OfType<EndpointAnnotation>().Count(endpoint => endpoint.UriScheme == scheme);
        return taken == 0 ? scheme : $"{scheme}{taken + 1}";
    }

    private static void WithPublishDefaults(this IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        project.WithEnvironment(ProjectDefaults.SetPublishedPorts);
        if (profile?.ApplicationUrl is null)
            return;

        project.WithEndpoint("http", endpoint => endpoint.UriScheme = "http");
        project.WithEndpoint("https", endpoint =>
        {
            endpoint.UriScheme = "https";
            project.Resource.DefaultHttpsEndpoint = endpoint;
        });
    }

    private sealed class ProjectPathMetadata(string projectPath) : IProjectMetadata
    {
        public string ProjectPath => projectPath;
    }
}
