using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The arguments and environment that the model gives to a resource, with values still unresolved.</summary>
internal sealed record ProcessConfiguration(IReadOnlyList<object> Args, IReadOnlyDictionary<string, object> Environment)
{
    public static async Task<ProcessConfiguration> CollectAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var environment = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(environment);

        var args = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(args);

        return new ProcessConfiguration([.. args.Args], environment.EnvironmentVariables);
    }

    /// <summary>Waits for values that do not exist yet; null means that the variable or argument is left out.</summary>
    public static async ValueTask<string?> ResolveAsync(object value, DcpInstance instance, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        InstanceSuffix suffix => suffix.For(instance),
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new DistributedApplicationException($"A value of type '{value.GetType()}' cannot be given to a process."),
    };
}

/// <summary>A value that differs between the processes of one resource.</summary>
internal sealed record InstanceSuffix(string Prefix)
{
    public static readonly InstanceSuffix Attribute = new("service.instance.id=");

    public string For(DcpInstance instance) => Prefix + instance.Suffix;
}
