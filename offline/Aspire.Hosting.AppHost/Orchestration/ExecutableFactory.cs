using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Says how one process of a resource is started.</summary>
internal sealed class ExecutableFactory(DistributedApplicationExecutionContext executionContext)
{
    public async Task<DcpExecutable> CreateAsync(IResource resource, DcpInstance instance, CancellationToken cancellationToken)
    {
        var configuration = await ProcessConfiguration.CollectAsync(resource, executionContext, cancellationToken);
        var program = Program.Of(resource);
        var args = new List<string>(program.Args);
        foreach (var arg in configuration.Args)
            if (await ProcessConfiguration.ResolveAsync(arg, instance, cancellationToken) is { } text)
                args.Add(text);

        var environment = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in configuration.Environment)
            if (await ProcessConfiguration.ResolveAsync(value, instance, cancellationToken) is { } text)
                environment.Add(new(name, text));

        return new DcpExecutable
        {
            Name = instance.Name,
            ExecutablePath = program.Path,
            WorkingDirectory = program.WorkingDirectory,
            Args = args,
            Environment = environment,
            Produces = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => Produce(resource, endpoint))],
        };
    }

    /// <summary>What the dashboard shows about the process.</summary>
    public static CustomResourceSnapshot Describe(CustomResourceSnapshot snapshot, IResource resource, DcpExecutable executable)
    {
        var properties = new List<ResourcePropertySnapshot>
        {
            new("executable.path", executable.ExecutablePath),
            new("executable.workDir", executable.WorkingDirectory),
            new("executable.args", executable.Args.ToImmutableArray()) { IsSensitive = true },
        };
        if (resource is ProjectResource project)
            properties.Add(new("project.path", project.GetProjectMetadata().ProjectPath));
        if (resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var launch))
            properties.Add(new("project.launchProfile", launch.Profile.Name));

        return snapshot with
        {
            State = KnownResourceStates.Starting,
            EnvironmentVariables = [.. executable.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, true))],
            Properties = [.. snapshot.Properties.Where(known => properties.TrueForAll(added => added.Name != known.Name)), .. properties],
        };
    }

    private static DcpProducer Produce(IResource resource, EndpointAnnotation endpoint) => endpoint.IsProxied
        ? new DcpProducer(EndpointAllocator.ServiceName(resource, endpoint), null, endpoint.TargetPort)
        : new DcpProducer(EndpointAllocator.ServiceName(resource, endpoint), "localhost", endpoint.TargetPort);

    private sealed record Program(string Path, string WorkingDirectory, IReadOnlyList<string> Args)
    {
        public static Program Of(IResource resource) => resource switch
        {
            ProjectResource project => Of(project, project.GetProjectMetadata()),
            ExecutableResource executable => new Program(Resolve(executable), executable.WorkingDirectory, []),
            _ => throw new DistributedApplicationException($"The resource '{resource.Name}' is not a process."),
        };

        private static Program Of(ProjectResource project, IProjectMetadata metadata)
        {
            var folder = System.IO.Path.GetDirectoryName(metadata.ProjectPath)!;
            var profileArgs = project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var launch)
                ? launch.Profile.CommandLineArgs?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []
                : [];
            if (metadata is not IProjectOutput output)
                return new Program("dotnet", folder, ["run", "--project", metadata.ProjectPath, "--no-launch-profile", "--", .. profileArgs]);

            // Starting the built program instead of 'dotnet run' saves about a second for each project.
            return File.Exists(output.TargetPath)
                ? new Program("dotnet", folder, [output.TargetPath, .. profileArgs])
                : throw new DistributedApplicationException($"The project '{metadata.ProjectPath}' is not built: {output.TargetPath} does not exist. Build the AppHost first.");
        }

        private static string Resolve(ExecutableResource executable) => executable.Command.Contains('/') || executable.Command.Contains('\\')
            ? System.IO.Path.GetFullPath(executable.Command, executable.WorkingDirectory)
            : executable.Command;
    }
}
