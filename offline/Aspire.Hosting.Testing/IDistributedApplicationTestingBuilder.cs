namespace Aspire.Hosting.Testing;

/// <summary>The model that an AppHost described, before it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the AppHost's entry point go on until the application is built.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
