using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests;

/// <summary>Somebody who calls the API, signed in when there is a token.</summary>
internal sealed class Caller(HttpClient client, string? token = null, Guid userId = default, string email = "")
{
    public Guid UserId => userId;

    public string Email => email;

    public string? Token => token;

    public static async Task<Caller> SignUpAsync(HttpClient client)
    {
        var (email, anonymous) = (NewEmail(), new Caller(client));
        (await anonymous.PostAsync("/auth/sign-up", new { email, password = Password })).Require(HttpStatusCode.Accepted);
        var token = await new Mailbox(anonymous, email).TokenAsync("verify-email");
        return From(client, await anonymous.PostAsync("/auth/verify-email", new { token }));
    }

    /// <summary>Whoever the session in the answer is of.</summary>
    public static Caller From(HttpClient client, Answer answer)
    {
        var session = answer.Require(HttpStatusCode.OK).Body;
        return new Caller(client, (string)session["token"]!, (Guid)session["user"]!["id"]!, (string)session["user"]!["email"]!);
    }

    /// <summary>The same person at another API over the same database.</summary>
    public Caller At(Api api) => new(api.Client, token, userId, email);

    public Caller With(string? otherToken) => new(client, otherToken, userId, email);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body));

    public Task<Answer> PostTextAsync(string path, string text, string mediaType = "application/json") =>
        SendAsync(HttpMethod.Post, path, new StringContent(text, Encoding.UTF8, mediaType));

    public Task<Answer> PutAsync(string path, object body, string? ifMatch = null) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body), ("If-Match", ifMatch));

    public Task<Answer> DeleteAsync(string path, string? ifMatch = null) => SendAsync(HttpMethod.Delete, path, null, ("If-Match", ifMatch));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);

        return await Answer.ReadAsync(await client.SendAsync(request, Cancel));
    }
}
