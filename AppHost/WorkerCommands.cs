using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TenantPlatform.AppHost;

/// <summary>Verbs of the worker as commands in the dashboard. What they write is in the console log of the resource, and the last line is the answer.</summary>
internal static class WorkerCommands
{
    public static IResourceBuilder<ProjectResource> WithVerb(
        this IResourceBuilder<ProjectResource> worker, string verb, string displayName, string description, string icon) =>
        worker.WithCommand(
            verb,
            displayName,
            context => RunAsync(worker, verb, context),
            new CommandOptions { Description = description, IconName = icon, IconVariant = IconVariant.Regular });

    private static async Task<ExecuteCommandResult> RunAsync(IResourceBuilder<ProjectResource> worker, string verb, ExecuteCommandContext context)
    {
        var logger = context.ServiceProvider.GetRequiredService<ResourceLoggerService>().GetLogger(context.ResourceName);
        using var process = new Process { StartInfo = await DescribeAsync(worker, verb, context.CancellationToken) };
        var last = "";
        process.OutputDataReceived += (_, line) => Keep(line.Data, LogLevel.Information);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, LogLevel.Error);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return CommandResults.Canceled();
        }

        return process.ExitCode == 0 ? CommandResults.Success(last) : CommandResults.Failure(last);

        void Keep(string? line, LogLevel level)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                last = line.Trim();
                logger.Log(level, "{Verb}: {Line}", verb, line);
            }
        }
    }

    private static async Task<ProcessStartInfo> DescribeAsync(IResourceBuilder<ProjectResource> worker, string verb, CancellationToken cancellationToken)
    {
        var configuration = typeof(WorkerCommands).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string[] arguments = ["run", "--project", new Projects.MigrationWorker().ProjectPath, "--configuration", configuration, "--no-build", "--no-launch-profile", "--", verb];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        foreach (var (name, value) in await EnvironmentAsync(worker, cancellationToken))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // Whatever only the orchestrator can fill in, such as the id of the instance, is not for a process that it does not know.
    private static async Task<Dictionary<string, string>> EnvironmentAsync(IResourceBuilder<ProjectResource> worker, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(worker.ApplicationBuilder.ExecutionContext, worker.Resource, cancellationToken: cancellationToken);
        var values = new Dictionary<string, string>();

        foreach (var annotation in worker.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        foreach (var (name, given) in context.EnvironmentVariables)
        {
            var value = given is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : given as string;

            if (value is not null && !value.Contains("{{", StringComparison.Ordinal))
            {
                values[name] = value;
            }
        }

        return values;
    }
}
