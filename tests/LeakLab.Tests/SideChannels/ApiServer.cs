using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using TenantPlatform.ApiService.Todos;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
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

    /// <summary>A new user with a session, who then makes a tenant of their own.</summary>
    internal async Task<Member> SignUpAsync()
    {
        var userId = await database.App.CreateUserAsync(Cancel);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using (var db = database.Platform.Open(TenantContext.ForAuthentication))
        {
            db.Add(new Session
            {
                UserId = userId,
                TokenHash = SHA256.HashData(Encoding.ASCII.GetBytes(token)),
                Expires = TimeProvider.System.GetUtcNow().AddHours(1),
            });
            await db.SaveChangesAsync(Cancel);
        }

        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var tenant = await AnswerAsync(client, "/tenants", new { name = $"Tenant {Guid.NewGuid():N}" });
        return new Member(client, userId.ToString(), (string)tenant["id"]!, (string)tenant["slug"]!);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("ConnectionStrings:tenantplatform", database.AppConnectionString);
        builder.UseSetting("Tenancy:SigningKey", database.SigningKey);
        builder.UseSetting("RateLimits:TenantRequestsPerMinute", $"{requestsPerMinute}");
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
