using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What resources without a process of their own need.</summary>
public static class CustomResourceExtensions
{
    /// <summary>What the resource shows before anybody publishes a state.</summary>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(
        this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource =>
        builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot));
}
