using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Containers are published but never run: they look as they do with Aspire when Docker does not work.</summary>
internal static class Containers
{
    public static async Task ReportUnhealthyAsync(DistributedApplicationModel model, ResourceNotificationService notifications, ILogger logger)
    {
        var containers = model.Resources.OfType<ContainerResource>().ToList();
        if (containers.Count == 0)
            return;

        logger.LogWarning(
            "Container runtime 'docker' was found but appears to be unhealthy. Offline the AppHost cannot run containers ({Containers}): give it a connection string to a server that runs elsewhere, or use a NuGet feed that has the Aspire packages.",
            string.Join(", ", containers.Select(container => container.Name)));
        foreach (var resource in containers.SelectMany(container => WithChildren(model, container)))
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.RuntimeUnhealthy });
    }

    private static IEnumerable<IResource> WithChildren(DistributedApplicationModel model, IResource parent) =>
        model.Resources.OfType<IResourceWithParent>().Where(child => child.Parent == parent)
            .SelectMany(child => WithChildren(model, child)).Prepend(parent);
}
