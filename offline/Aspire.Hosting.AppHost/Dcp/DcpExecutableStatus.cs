using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// What the orchestrator says about an executable. Exit code -1 means that a signal ended it; the message is there when it
/// failed to start.
/// </summary>
internal sealed record DcpExecutableStatus(
    string Name,
    string State,
    int? Pid,
    int? ExitCode,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Message,
    bool Deleted)
{
    public bool HasEnded => State is "Finished" or "FailedToStart" or "Terminated";

    public static DcpExecutableStatus FromObject(JsonNode executable, bool deleted = false)
    {
        var status = executable["status"];
        return new DcpExecutableStatus(
            Name: (string)executable["metadata"]!["name"]!,
            State: (string?)status?["state"] ?? "",
            Pid: (int?)status?["pid"],
            ExitCode: (int?)status?["exitCode"],
            StartedAt: (DateTimeOffset?)status?["startupTimestamp"],
            FinishedAt: (DateTimeOffset?)status?["finishTimestamp"],
            Message: null,
            Deleted: deleted);
    }
}
