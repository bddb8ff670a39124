namespace Aspire.Hosting;

/// <summary>Whether the application model runs here or is published.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName = "")
{
    private IServiceProvider? services;

    public DistributedApplicationOperation Operation { get; } = operation;

    public string PublisherName { get; } = publisherName;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider ServiceProvider
    {
        get => services ?? throw new InvalidOperationException("The services exist only after the application has been built.");
        internal set => services = value;
    }
}

/// <summary>What the AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}
