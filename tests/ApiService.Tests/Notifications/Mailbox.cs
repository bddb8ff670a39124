using System.Diagnostics;
using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Notifications;

/// <summary>What somebody has been sent, as /dev/outbox of one API shows it.</summary>
internal sealed class Mailbox(Caller caller, string email)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The messages so far.</summary>
    public async Task<List<JsonNode>> ReadAsync() =>
        [.. (await caller.GetAsync($"/dev/outbox?recipient={Uri.EscapeDataString(email)}")).Require(HttpStatusCode.OK).Body.AsArray().Select(message => message!)];

    /// <summary>The newest of this kind, once there are as many of it.</summary>
    public async Task<JsonNode> AwaitAsync(string kind, int count = 1)
    {
        var waited = Stopwatch.StartNew();

        while (true)
        {
            var messages = (await ReadAsync()).Where(message => (string?)message["kind"] == kind).ToList();

            if (messages.Count >= count)
                return messages[^1];

            Assert.True(waited.Elapsed < Patience, $"No {kind} number {count} came for {email} within {Patience.TotalSeconds} s.");
            await Task.Delay(20, Cancel);
        }
    }

    public async Task<string> TokenAsync(string kind, int count = 1) => (string)(await AwaitAsync(kind, count))["values"]!["token"]!;
}
