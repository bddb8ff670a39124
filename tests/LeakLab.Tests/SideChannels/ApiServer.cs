using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using TenantPlatform.ApiService.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

/// <summary>The real API on a real socket. The type argument only names the assembly; Program would be ambiguous with the worker's.</summary>
public sealed class ApiServer : WebApplicationFactory<CreateTodoRequest>
{
    private readonly DatabaseFixture database;
    private readonly int requestsPerMinute;

    public ApiServer(DatabaseFixture database, int requestsPerMinute = 10_000_000)
    {
        (this.database, this.requestsPerMinute) = (database, requestsPerMinute);
        UseKestrel(0);
        StartServer();
    }

    /// <summary>A new user, signed in, with a tenant of their own.</summary>
    internal async Task<Member> SignUpAsync()
    {
        var client = CreateClient();
        var email = $"{Guid.NewGuid():N}@example.org";
        await AnswerAsync(client, "/auth/sign-up", new { email, password = "correct horse battery staple" });
        var session = await AnswerAsync(client, "/auth/verify-email", new { token = await TokenAsync(client, email) });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)session["token"]!);
        var tenant = await AnswerAsync(client, "/tenants", new { name = $"Tenant {Guid.NewGuid():N}" });
        return new Member(client, (string)session["user"]!["id"]!, (string)tenant["id"]!, (string)tenant["slug"]!);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("ConnectionStrings:tenantplatform", database.AppConnectionString);
        builder.UseSetting("Tenancy:SigningKey", database.SigningKey);
        builder.UseSetting("RateLimits:TenantRequestsPerMinute", $"{requestsPerMinute}");
        builder.UseSetting("RateLimits:SignInsPerMinute", "1000000");
    }

    // Messages are sent after the answer, and Development shows them at /dev/outbox.
    private static async Task<string> TokenAsync(HttpClient client, string email)
    {
        var waited = Stopwatch.StartNew();

        while (true)
        {
            if (await client.GetFromJsonAsync<JsonArray>($"/dev/outbox?recipient={email}", Cancel) is [{ } message, ..])
                return (string)message["values"]!["token"]!;

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), $"No message came for {email} within 20 s.");
            await Task.Delay(20, Cancel);
        }
    }

    internal static async Task<JsonNode> AnswerAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancel);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
    }
}

/// <summary>Somebody with a tenant, at the API.</summary>
internal sealed record Member(HttpClient Client, string UserId, string TenantId, string Slug)
{
    public async Task<string> AddTodoAsync() =>
        (string)(await ApiServer.AnswerAsync(Client, $"/tenants/{TenantId}/todos", new { title = "Water the plants" }))["id"]!;
}
