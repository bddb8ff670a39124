using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Reserves an address for every endpoint before any process starts.</summary>
internal sealed class EndpointAllocator(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    ResourceUrls urls,
    IConfiguration configuration,
    ILogger<DistributedApplication> console)
{
    private const string Host = "localhost";

    /// <summary>Returns the resources that cannot start because a port of theirs is not to be had.</summary>
    public async Task<IReadOnlySet<IResource>> AllocateAsync(DistributedApplicationModel model, DcpClient dcp, CancellationToken cancellationToken)
    {
        var failed = new HashSet<IResource>();
        await Task.WhenAll(model.Resources.Where(resource => resource is ProjectResource or ExecutableResource).Select(async resource =>
        {
            try
            {
                foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                    endpoint.AllocatedEndpoint = await AllocateAsync(resource, endpoint, dcp, cancellationToken);
                await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
                await urls.PublishAsync(resource, cancellationToken);
            }
            catch (DistributedApplicationException e)
            {
                lock (failed)
                    failed.Add(resource);
                await ReportAsync(resource, e);
            }
        }));
        return failed;
    }

    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) =>
        // Resource names have no double hyphens, so two endpoints never share a name.
        $"{resource.Name}--{endpoint.Name}".ToLowerInvariant();

    private async Task<AllocatedEndpoint> AllocateAsync(IResource resource, EndpointAnnotation endpoint, DcpClient dcp, CancellationToken cancellationToken)
    {
        if (!endpoint.IsProxied && endpoint.Port is null)
            throw new DistributedApplicationException(
                $"Service '{resource.Name}' needs to specify a port for endpoint '{endpoint.Name}' since it isn't using a proxy.");
        if (resource.GetReplicaCount() > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' uses multiple replicas, so its endpoint '{endpoint.Name}' must be proxied and must not have a target port.");

        var service = ServiceName(resource, endpoint);
        var port = endpoint.IsProxied && configuration.RandomizePorts() ? null : endpoint.Port;
        var address = await dcp.CreateServiceAsync(new DcpService(service, port, endpoint.IsProxied), cancellationToken);
        return new AllocatedEndpoint(endpoint, Host, address.Port, $$$"""{{- portForServing "{{{service}}}" -}}""");
    }

    private async Task ReportAsync(IResource resource, DistributedApplicationException e)
    {
        loggers.GetLogger(resource).LogError("{Reason}", e.Message);
        console.LogError("Resource '{ResourceName}' cannot start: {Reason}", resource.Name, e.Message);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
    }
}
