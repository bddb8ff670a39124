using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Adds connection strings that are put together from other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>The connection string is available when all resources it is made of run.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        var connectionString = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression))
            .WithReferenceRelationship(connectionStringExpression)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "ConnectionString",
                State = KnownResourceStates.NotStarted,
                Properties = [],
            })
            .OnInitializeResource(InitializeAsync);

        foreach (var resource in ResourceBuilderExtensions.ReferencedResources(connectionStringExpression).Distinct())
            if (resource is not IResourceWithoutLifetime)
                connectionString.WaitForStart(builder.CreateResourceBuilder(resource));
        return connectionString;
    }

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    private static async Task InitializeAsync(
        ConnectionStringResource resource, InitializeResourceEvent @event, CancellationToken cancellationToken)
    {
        Task Become(string state) => @event.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

        try
        {
            // Publishing this event is what waits for the resources it refers to.
            await @event.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, @event.Services), cancellationToken);
            await Become(KnownResourceStates.Running);
            await @event.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, @event.Services), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            @event.Logger.LogError(e, "Failed to resolve connection string for resource '{ResourceName}'", resource.Name);
            await Become(KnownResourceStates.FailedToStart);
        }
    }
}
