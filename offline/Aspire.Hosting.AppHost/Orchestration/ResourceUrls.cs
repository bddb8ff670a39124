using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Works out which URLs the dashboard shows for a resource.</summary>
internal sealed class ResourceUrls(
    ResourceNotificationService notifications, ResourceLoggerService loggers, DistributedApplicationExecutionContext executionContext)
{
    public async Task PublishAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new ResourceUrlsCallbackContext(executionContext, resource, [.. Own(resource)], cancellationToken);
        try
        {
            foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
                await annotation.Callback(context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            loggers.GetLogger(resource).LogError(e, "An error occurred while processing URLs for resource '{ResourceName}'.", resource.Name);
        }

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = [.. context.Urls.Select(ToSnapshot)] });
    }

    private static IEnumerable<ResourceUrlAnnotation> Own(IResource resource)
    {
        var endpoints = resource is IResourceWithEndpoints owner ? owner.GetEndpoints() : [];
        return endpoints.Where(endpoint => endpoint.IsAllocated)
            .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint })
            .Concat(resource.Annotations.OfType<ResourceUrlAnnotation>());
    }

    private static UrlSnapshot ToSnapshot(ResourceUrlAnnotation url)
    {
        var isRelative = url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true };
        return new UrlSnapshot(
            url.Endpoint?.EndpointName,
            isRelative ? url.Endpoint!.Url + url.Url : url.Url,
            url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
        };
    }
}
