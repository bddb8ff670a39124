using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource the other's connection string and its pieces.</summary>
    /// <param name="optional">Whether the variable is simply absent when there is no connection string.</param>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where T : IResourceWithEnvironment
    {
        var resource = source.Resource;
        connectionName ??= resource.Name;

        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            foreach (var (property, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[VariableName($"{connectionName}_{property}")] = value;
        });
    }

    /// <summary>Lets the resource find all endpoints of the other one by its name.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment =>
        builder.WithReference(source, source.Resource.Name);

    /// <summary>Lets the resource find all endpoints of the other one by another name.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where T : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(source.Resource).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
                AddServiceDiscovery(context, name, endpoint);
        });

    /// <summary>Lets the resource find one endpoint.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        builder.WithReferenceRelationship(endpointReference.Resource).WithEnvironment(
            context => AddServiceDiscovery(context, endpointReference.Resource.Name, endpointReference));

    /// <summary>Lets the resource find something outside of the application.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, string name, Uri uri)
        where T : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
            throw new InvalidOperationException($"The uri '{uri}' for service '{name}' must be absolute and have no path.");

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString())
            .WithEnvironment(VariableName(name), uri.ToString());
    }

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent) where T : IResource =>
        builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource =>
        builder.WithParentRelationship(parent.Resource);

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource) where T : IResource =>
        builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    public static IResourceBuilder<T> WithReferenceRelationship<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource =>
        builder.WithReferenceRelationship(resourceBuilder.Resource);

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression)
        where T : IResource =>
        builder.WithReferencesOf(expression);

    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    internal static IResourceBuilder<T> WithReferencesOf<T>(this IResourceBuilder<T> builder, object value) where T : IResource
    {
        foreach (var resource in ReferencedResources(value).Distinct())
            builder.WithReferenceRelationship(resource);
        return builder;
    }

    /// <summary>The resources a value is made of; those within a resource are that resource's own business.</summary>
    internal static IEnumerable<IResource> ReferencedResources(object value) => value switch
    {
        IResource resource => [resource],
        IValueWithReferences composite => composite.References.SelectMany(ReferencedResources),
        _ => [],
    };

    private static void AddServiceDiscovery(EnvironmentCallbackContext context, string name, EndpointReference endpoint)
    {
        context.EnvironmentVariables[VariableName($"{name}_{endpoint.EndpointName}")] = endpoint;

        var index = 0;
        while (context.EnvironmentVariables.ContainsKey($"services__{name}__{endpoint.Scheme}__{index}"))
            index++;
        context.EnvironmentVariables[$"services__{name}__{endpoint.Scheme}__{index}"] = endpoint;
    }

    private static string VariableName(string name) => NotInVariableNames().Replace(name, "_").ToUpperInvariant();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInVariableNames();
}

/// <summary>A connection string that may be allowed to be missing.</summary>
internal sealed record ConnectionStringReference(IResourceWithConnectionString Resource, bool Optional)
    : IValueProvider, IManifestExpressionProvider
{
    public string ValueExpression => Resource.ValueExpression;

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var value = await Resource.GetConnectionStringAsync(cancellationToken);
            return value is not null || Optional
                ? value
                : throw new DistributedApplicationException($"The connection string for the resource '{Resource.Name}' is not available.");
        }
        catch (MissingParameterValueException) when (Optional)
        {
            return null;
        }
    }
}
