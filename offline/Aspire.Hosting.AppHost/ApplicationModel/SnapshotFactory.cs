using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Fills in what every snapshot shows without anybody publishing it: relationships, commands, icon.</summary>
internal static class SnapshotFactory
{
    public static CustomResourceSnapshot Initial(IResource resource)
    {
        var initial = resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
            ?? new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        return initial.Relationships.IsEmpty ? initial with { Relationships = [.. Relationships(resource)] } : initial;
    }

    public static CustomResourceSnapshot WithCurrentCommands(
        IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var annotations = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        if (annotations.Count == 0)
            return snapshot;

        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = services };
        return snapshot with { Commands = [.. annotations.Select(command => Command(command, context))] };
    }

    public static CustomResourceSnapshot WithIcon(IResource resource, CustomResourceSnapshot snapshot)
    {
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        if (icon is null || snapshot.IconName is not null)
            return snapshot;

        return snapshot with { IconName = icon.IconName, IconVariant = icon.IconVariant };
    }

    /// <summary>The URL of an endpoint is shown only while somebody healthy answers there.</summary>
    public static CustomResourceSnapshot WithLiveUrls(CustomResourceSnapshot snapshot)
    {
        var answers = snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus is HealthStatus.Healthy;
        return snapshot with { Urls = [.. snapshot.Urls.Select(url => url.Name is null ? url : url with { IsInactive = !answers })] };
    }

    public static bool IsUnavailable(this CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state
        && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    public static string Describe(this CustomResourceSnapshot snapshot)
    {
        var exit = snapshot.ExitCode is { } code ? $", exit code {code}" : "";
        var health = snapshot.HealthStatus is { } status ? $", {status}" : "";
        var reports = snapshot.HealthReports.Where(report => report.Description is not null || report.ExceptionText is not null)
            .Select(report => $"; {report.Name}: {report.Status} {report.Description} {report.ExceptionText}".TrimEnd());
        return $"{snapshot.State?.Text ?? "unknown"}{exit}{health}{string.Concat(reports)}";
    }

    private static string TypeName(IResource resource)
    {
        var name = resource.GetType().Name;
        return name.EndsWith("Resource", StringComparison.Ordinal) ? name[..^"Resource".Length] : name;
    }

    private static IEnumerable<RelationshipSnapshot> Relationships(IResource resource)
    {
        if (resource is IResourceWithParent child)
            yield return new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent);

        foreach (var relationship in resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                     .DistinctBy(relationship => (relationship.Resource.Name, relationship.Type)))
            yield return new RelationshipSnapshot(relationship.Resource.Name, relationship.Type);
    }

    private static ResourceCommandSnapshot Command(ResourceCommandAnnotation command, UpdateCommandStateContext context) => new(
        command.Name,
        command.UpdateState(context),
        command.DisplayName,
        command.DisplayDescription,
        command.Parameter,
        command.ConfirmationMessage,
        command.IconName,
        command.IconVariant,
        command.IsHighlighted);
}
