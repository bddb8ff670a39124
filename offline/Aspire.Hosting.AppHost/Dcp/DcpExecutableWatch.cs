using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Follows the executables over reconnects: what a new connection repeats is left out, and what was deleted in between
/// is told. Connections are renewed every five minutes, because old ones can go silent.
/// </summary>
internal sealed class DcpExecutableWatch(DcpApi api)
{
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, DcpExecutableStatus> latest = [];

    public async IAsyncEnumerable<DcpExecutableStatus> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var deleted in await FindDeletedAsync(cancellationToken))
                yield return deleted;
            await foreach (var status in ReadConnectionAsync(cancellationToken))
                yield return status;
            await Task.Delay(ReconnectDelay, cancellationToken);
        }
    }

    private async IAsyncEnumerable<DcpExecutableStatus> ReadConnectionAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var age = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        age.CancelAfter(ConnectionAge);
        await using var lines = api.ReadLinesAsync("executables?watch=true", age.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(lines, cancellationToken))
            if (Accept(JsonNode.Parse(lines.Current)!) is { } status)
                yield return await WithReasonAsync(status, cancellationToken);
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception e) when (IsBrokenConnection(e, cancellationToken))
        {
            return false;
        }
    }

    private async Task<List<DcpExecutableStatus>> FindDeletedAsync(CancellationToken cancellationToken)
    {
        if (latest.Count == 0)
            return [];

        try
        {
            var existing = (await api.FindAsync("executables", cancellationToken))!["items"]!.AsArray()
                .Select(executable => (string)executable!["metadata"]!["name"]!).ToHashSet();
            return [.. latest.Keys.Except(existing).ToList().Select(Forget)];
        }
        catch (Exception e) when (IsBrokenConnection(e, cancellationToken))
        {
            return [];
        }
    }

    private static bool IsBrokenConnection(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or DcpException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <returns>Null when nothing has changed that a status shows.</returns>
    private DcpExecutableStatus? Accept(JsonNode change)
    {
        var status = DcpExecutableStatus.FromObject(change["object"]!);
        if ((string?)change["type"] == "DELETED")
            return Forget(status.Name);

        if (latest.TryGetValue(status.Name, out var known) && known == status)
            return null;

        return latest[status.Name] = status;
    }

    private DcpExecutableStatus Forget(string name) =>
        latest.Remove(name, out var known)
            ? known with { Deleted = true }
            : new DcpExecutableStatus(name, "", null, null, null, null, null, Deleted: true);

    /// <summary>Why an executable failed to start stands only in what the orchestrator logged about it.</summary>
    private async Task<DcpExecutableStatus> WithReasonAsync(DcpExecutableStatus status, CancellationToken cancellationToken)
    {
        if (status is not { State: "FailedToStart", Deleted: false })
            return status;

        try
        {
            var reason = await api.ReadLogAsync(status.Name, DcpLogSource.System, follow: false, cancellationToken)
                .Select(line => DcpSystemLine.Parse(line).Error)
                .FirstOrDefaultAsync(error => error is not null, cancellationToken);
            return status with { Message = reason };
        }
        catch (Exception e) when (IsBrokenConnection(e, cancellationToken))
        {
            return status;
        }
    }
}
