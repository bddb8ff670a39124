namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of one instance of a resource.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The instance's name: the resource's name, with a suffix for processes.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

/// <summary>One line of a resource's console; the content begins with a UTC timestamp.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
