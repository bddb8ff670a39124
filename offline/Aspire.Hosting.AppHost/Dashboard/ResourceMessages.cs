using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.Dashboard;

/// <summary>Turns snapshots into what the dashboard reads.</summary>
internal static class ResourceMessages
{
    public static Wire.Resource ToMessage(ResourceEvent change, DateTime createdUnlessKnown)
    {
        var snapshot = change.Snapshot;
        var created = snapshot.CreationTimeStamp ?? createdUnlessKnown;
        var message = new Wire.Resource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            CreatedAt = ToTimestamp(created),
            StartedAt = ToTimestamp(snapshot.StartTimeStamp),
            StoppedAt = ToTimestamp(snapshot.StopTimeStamp),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.IconName is { } icon)
        {
            message.IconName = icon;
            message.IconVariant = ToMessage(snapshot.IconVariant);
        }

        message.Properties.AddRange(GeneralProperties(change, created));
        message.Properties.AddRange(snapshot.Properties.Select(ToMessage));
        message.Environment.AddRange(snapshot.EnvironmentVariables.Select(ToMessage));
        message.Urls.AddRange(snapshot.Urls.Select(ToMessage));
        message.Volumes.AddRange(snapshot.Volumes.Select(ToMessage));
        message.HealthReports.AddRange(snapshot.HealthReports.Select(ToMessage));
        message.Commands.AddRange(snapshot.Commands.Select(ToMessage));
        message.Relationships.AddRange(snapshot.Relationships.Select(ToMessage));
        return message;
    }

    /// <summary>What the details view lists for every resource.</summary>
    private static IEnumerable<Wire.ResourceProperty> GeneralProperties(ResourceEvent change, DateTime created)
    {
        var snapshot = change.Snapshot;
        (string Name, object? Value)[] properties =
        [
            ("resource.uid", change.ResourceId),
            ("resource.name", change.ResourceId),
            ("resource.type", snapshot.ResourceType),
            ("resource.displayName", change.Resource.Name),
            ("resource.state", snapshot.State?.Text),
            ("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture)),
            ("resource.createTime", created.ToUniversalTime()),
            ("resource.startTime", snapshot.StartTimeStamp),
            ("resource.stopTime", snapshot.StopTimeStamp),
            ("resource.healthState", snapshot.HealthStatus?.ToString()),
        ];
        return properties.Select(property => new Wire.ResourceProperty { Name = property.Name, Value = ToValue(property.Value) });
    }

    private static Wire.ResourceProperty ToMessage(ResourcePropertySnapshot property) => new()
    {
        Name = property.Name,
        Value = ToValue(property.Value),
        IsSensitive = property.IsSensitive,
    };

    private static Wire.EnvironmentVariable ToMessage(EnvironmentVariableSnapshot variable) => new()
    {
        Name = variable.Name,
        Value = variable.Value ?? "",
        IsFromSpec = variable.IsFromSpec,
    };

    private static Wire.Url ToMessage(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new Wire.UrlDisplayProperties
        {
            DisplayName = url.DisplayProperties.DisplayName,
            SortOrder = url.DisplayProperties.SortOrder,
        },
    };

    private static Wire.Volume ToMessage(VolumeSnapshot volume) => new()
    {
        Source = volume.Source ?? "",
        Target = volume.Target,
        MountType = volume.MountType,
        IsReadOnly = volume.IsReadOnly,
    };

    private static Wire.HealthReport ToMessage(HealthReportSnapshot report)
    {
        var message = new Wire.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = ToTimestamp(report.LastRunAt),
        };
        if (report.Status is { } status)
            message.Status = ToMessage(status);
        return message;
    }

    private static Wire.ResourceCommand ToMessage(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = ToMessage(command.IconVariant),
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ResourceCommandState.Enabled => Wire.ResourceCommandState.Enabled,
            ResourceCommandState.Disabled => Wire.ResourceCommandState.Disabled,
            _ => Wire.ResourceCommandState.Hidden,
        },
    };

    private static Wire.ResourceRelationship ToMessage(RelationshipSnapshot relationship) => new()
    {
        ResourceName = relationship.ResourceName,
        Type = relationship.Type,
    };

    private static Wire.HealthStatus ToMessage(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Wire.HealthStatus.Healthy,
        HealthStatus.Degraded => Wire.HealthStatus.Degraded,
        _ => Wire.HealthStatus.Unhealthy,
    };

    private static Wire.IconVariant ToMessage(IconVariant? variant) =>
        variant == IconVariant.Filled ? Wire.IconVariant.Filled : Wire.IconVariant.Regular;

    private static Timestamp? ToTimestamp(DateTime? time) =>
        time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        int number => Value.ForNumber(number),
        DateTime time => Value.ForString(time.ToString("O", CultureInfo.InvariantCulture)),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(number => Value.ForNumber(number))]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
