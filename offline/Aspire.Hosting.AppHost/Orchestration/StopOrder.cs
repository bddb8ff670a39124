using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Which processes need which other ones, directly or through connection strings, databases and the like.</summary>
internal sealed class StopOrder
{
    private readonly Dictionary<IResource, HashSet<IResource>> dependencies;
    private readonly List<IResource> order = [];

    public StopOrder(DistributedApplicationModel model)
    {
        var processes = model.Resources.Where(resource => resource is ProjectResource or ExecutableResource).ToList();
        dependencies = processes.ToDictionary(process => process, process => Reachable(process).Where(processes.Contains).ToHashSet());
        var seen = new HashSet<IResource>();
        foreach (var process in processes)
            Visit(process, seen);
    }

    public IReadOnlyList<IResource> DependantsFirst => order;

    public IEnumerable<IResource> DependantsOf(IResource resource) =>
        order.Where(other => other != resource && dependencies[other].Contains(resource));

    /// <summary>Where resources need each other, whichever was described first is the dependant.</summary>
    private void Visit(IResource process, HashSet<IResource> seen)
    {
        if (!seen.Add(process))
            return;

        foreach (var dependant in dependencies.Keys.Where(other => dependencies[other].Contains(process)))
            Visit(dependant, seen);
        order.Add(process);
    }

    private static HashSet<IResource> Reachable(IResource start)
    {
        var reachable = new HashSet<IResource>();
        var open = new Queue<IResource>([start]);
        while (open.TryDequeue(out var resource))
            foreach (var needed in Needed(resource).Where(reachable.Add))
                open.Enqueue(needed);

        reachable.Remove(start);
        return reachable;
    }

    private static IEnumerable<IResource> Needed(IResource resource)
    {
        var parent = resource is IResourceWithParent child ? [child.Parent] : Array.Empty<IResource>();
        return resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relationship => relationship.Resource)
            .Concat(resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource))
            .Concat(parent);
    }
}
