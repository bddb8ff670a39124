using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TenantPlatform.AppHost.Tests;

/// <summary>Becoming a user as people do: the token that finishes it is in a message, which Development shows at /dev/outbox.</summary>
internal static class SignUp
{
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The token of the first session.</summary>
    public static async Task<string> FinishAsync(HttpClient api, string email)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        (await api.PostAsJsonAsync("/auth/sign-up", new { email, password = Password }, cancellationToken)).EnsureSuccessStatusCode();
        var token = await ReadTokenAsync(api, email);
        var verified = await api.PostAsJsonAsync("/auth/verify-email", new { token }, cancellationToken);
        var session = await verified.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        return (string)session!["token"]!;
    }

    private static async Task<string> ReadTokenAsync(HttpClient api, string email)
    {
        var waited = Stopwatch.StartNew();

        while (true)
        {
            var messages = await api.GetFromJsonAsync<JsonArray>($"/dev/outbox?recipient={email}", TestContext.Current.CancellationToken);

            if (messages is [{ } message, ..])
            {
                return (string)message["values"]!["token"]!;
            }

            Assert.True(waited.Elapsed < Patience, $"No message came for {email} within {Patience.TotalSeconds} s.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
