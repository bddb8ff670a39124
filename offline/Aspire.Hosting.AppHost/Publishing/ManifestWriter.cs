using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the application model in the order in which it was described.</summary>
internal sealed class ManifestWriter(ManifestPublishingContext context)
{
    private readonly Utf8JsonWriter writer = context.Writer;
    private readonly ManifestReferences references = context.References;

    public async Task WriteAsync(DistributedApplicationModel model)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
            await WriteResourceAsync(resource);
        foreach (var parameter in references.Parameters.Where(parameter => !model.Resources.Contains(parameter)).ToList())
            await WriteResourceAsync(parameter);
        foreach (var parameter in references.Parameters)
            foreach (var format in references.FormatsOf(parameter))
                WriteFormatted(parameter, format);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(context.CancellationToken);
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        var custom = resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault();
        if (custom is { Callback: null })
            return;

        writer.WriteStartObject(resource.Name);
        if (custom is not null)
            await custom.Callback!(context);
        else
            await WriteBodyAsync(resource);
        writer.WriteEndObject();
    }

    private async Task WriteBodyAsync(IResource resource)
    {
        switch (resource)
        {
            case ContainerResource container:
                WriteContainer(container);
                await WriteProcessAsync(container);
                break;
            case ProjectResource project:
                writer.WriteString("type", "project.v0");
                writer.WriteString("path", context.GetManifestRelativePath(project.GetProjectMetadata().ProjectPath));
                await WriteProcessAsync(project);
                break;
            case ExecutableResource executable:
                writer.WriteString("type", "executable.v0");
                WriteConnectionString(executable);
                writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
                writer.WriteString("command", executable.Command);
                await WriteProcessAsync(executable);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case IResourceWithConnectionString:
                writer.WriteString("type", "value.v0");
                WriteConnectionString(resource);
                break;
            default:
                writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }
    }

    private void WriteContainer(ContainerResource container)
    {
        if (!container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
            throw new DistributedApplicationException($"The container '{container.Name}' has no image. Use WithImage to give it one.");

        writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        writer.WriteString("image", image.FullName);
        if (container.Entrypoint is { } entrypoint)
            writer.WriteString("entrypoint", entrypoint);
    }

    private async Task WriteProcessAsync(IResource resource)
    {
        var configuration = await ProcessConfiguration.CollectAsync(resource, context.ExecutionContext, context.CancellationToken);
        if (configuration.Args.Count > 0)
        {
            writer.WriteStartArray("args");
            foreach (var arg in configuration.Args)
                writer.WriteStringValue(references.Express(arg));
            writer.WriteEndArray();
        }

        WriteMounts(resource, ContainerMountType.Volume, "volumes", "name");
        WriteMounts(resource, ContainerMountType.BindMount, "bindMounts", "source");
        if (configuration.Environment.Count > 0)
        {
            writer.WriteStartObject("env");
            foreach (var (name, value) in configuration.Environment)
                writer.WriteString(name, references.Express(value));
            writer.WriteEndObject();
        }

        WriteBindings(resource);
    }

    private void WriteMounts(IResource resource, ContainerMountType type, string list, string sourceName)
    {
        var mounts = resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == type).ToList();
        if (mounts.Count == 0)
            return;

        writer.WriteStartArray(list);
        foreach (var mount in mounts)
        {
            writer.WriteStartObject();
            if (mount.Source is { } source)
                writer.WriteString(sourceName, type == ContainerMountType.BindMount ? context.GetManifestRelativePath(source) : source);
            writer.WriteString("target", mount.Target);
            writer.WriteBoolean("readOnly", mount.IsReadOnly);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
            return;

        writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            writer.WriteStartObject(endpoint.Name);
            writer.WriteString("scheme", endpoint.UriScheme);
            writer.WriteString("protocol", endpoint.ProtocolName);
            writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
                writer.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort)
                writer.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal)
                writer.WriteBoolean("external", true);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private void WriteParameter(ParameterResource parameter)
    {
        writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
            writer.WriteString("connectionString", parameter.ValueExpression);
        writer.WriteString("value", string.Create(CultureInfo.InvariantCulture, $"{{{parameter.Name}.inputs.value}}"));
        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        if (parameter.Secret)
            writer.WriteBoolean("secret", true);
        if (parameter.Default is { } fallback)
        {
            writer.WriteStartObject("default");
            fallback.WriteToManifest(context);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteFormatted(ParameterResource parameter, string format)
    {
        writer.WriteStartObject(ManifestReferences.FormattedName(parameter, format));
        writer.WriteString("type", "annotated.string");
        writer.WriteString("value", parameter.ValueExpression);
        writer.WriteString("filter", format);
        writer.WriteEndObject();
    }

    private void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: var connectionString })
            writer.WriteString("connectionString", references.Express(connectionString));
    }
}
