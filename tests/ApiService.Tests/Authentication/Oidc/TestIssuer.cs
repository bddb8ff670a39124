using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>An OpenID provider on loopback: discovery document and keys over HTTP, tokens on request of the test.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "tenantplatform-tests";

    private WebApplication? app;
    private int asked;

    public string Authority { get; private set; } = "http://127.0.0.1:0";

    /// <summary>The first signs.</summary>
    public List<TestKey> Keys { get; } = [TestKey.NewRsa(), TestKey.NewCurve()];

    /// <summary>How often the keys were asked for.</summary>
    public int Asked => asked;

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.ListenAsync();
        return issuer;
    }

    /// <summary>At the address that it had before, if it had one.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Authority);
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Json(new JsonObject { ["issuer"] = Authority, ["jwks_uri"] = $"{Authority}/keys" }));
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref asked);
            lock (Keys)
                return Json(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Published.DeepClone())]) });
        });
        await app.StartAsync(Cancel);
        Authority = app.Urls.Single();
    }

    public async Task StopAsync()
    {
        await app!.StopAsync(Cancel);
        await app.DisposeAsync();
    }

    public ValueTask DisposeAsync() => app!.DisposeAsync();

    /// <summary>A good token, but for what the test changes.</summary>
    public string Token(string subject, string? email = null, Action<JsonObject>? claims = null, Action<JsonObject>? header = null, TestKey? key = null)
    {
        key ??= Keys[0];
        var head = new JsonObject { ["alg"] = key.Algorithm, ["kid"] = key.Id, ["typ"] = "JWT" };
        var body = new JsonObject
        {
            ["iss"] = Authority,
            ["aud"] = Audience,
            ["sub"] = subject,
            ["exp"] = In(TimeSpan.FromMinutes(5)),
            ["email"] = email ?? $"{subject}@example.org",
            ["email_verified"] = true,
            ["name"] = "Ada",
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        var signed = $"{Encode(head)}.{Encode(body)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static long In(TimeSpan time) => (TimeProvider.System.GetUtcNow() + time).ToUnixTimeSeconds();

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");
}
