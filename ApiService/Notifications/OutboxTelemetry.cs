using System.Diagnostics;
using System.Diagnostics.Metrics;
using TenantPlatform.Data.Notifications;

namespace TenantPlatform.ApiService.Notifications;

internal sealed class OutboxTelemetry
{
    private const string Name = "TenantPlatform.Notifications";
    private const string Kind = "notification.kind";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> sent;
    private readonly Counter<long> failed;

    public OutboxTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        sent = meter.CreateCounter<long>("notifications.sent", "{message}", "Messages that were sent");
        failed = meter.CreateCounter<long>("notifications.failed", "{attempt}", "Attempts that failed; given_up tells whether it was the last one");
        meter.CreateObservableGauge("notifications.pending", () => Pending, "{message}", "Messages that are still to be sent, of all replicas");
    }

    public int Pending { get; set; }

    /// <summary>Looking into an empty outbox every few seconds must not fill the traces.</summary>
    public static Activity StartPoll() => new Activity("poll outbox") { ActivityTraceFlags = ActivityTraceFlags.None }.Start();

    public static Activity? StartDelivery(OutboxMessage message) =>
        Source.StartActivity($"send {message.Kind}", ActivityKind.Producer)?.SetTag(Kind, message.Kind).SetTag("notification.attempt", message.Attempts);

    public void CountSent(OutboxMessage message) => sent.Add(1, new KeyValuePair<string, object?>(Kind, message.Kind));

    public void CountFailed(OutboxMessage message, bool givenUp) =>
        failed.Add(1, new(Kind, message.Kind), new("notification.given_up", givenUp));
}
