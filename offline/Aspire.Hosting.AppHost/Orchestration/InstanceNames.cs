using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Names the processes of every resource, so that they can be told apart before they exist.</summary>
internal static class InstanceNames
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";
    private const int SuffixLength = 8;

    public static void Assign(DistributedApplicationModel model)
    {
        foreach (var resource in model.Resources.Where(IsProcess).Where(resource => !resource.HasAnnotationOfType<DcpInstancesAnnotation>()))
            resource.Annotations.Add(new DcpInstancesAnnotation([.. Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => Create(resource))]));
    }

    private static bool IsProcess(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    private static DcpInstance Create(IResource resource)
    {
        var suffix = RandomNumberGenerator.GetString(Letters, SuffixLength);
        return new DcpInstance($"{resource.Name.ToLowerInvariant()}-{suffix}", suffix);
    }
}
