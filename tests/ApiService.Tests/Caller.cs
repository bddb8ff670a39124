using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace TenantPlatform.ApiService.Tests;

/// <summary>Somebody who calls the API, signed in when there is a token.</summary>
internal sealed class Caller(HttpClient client, string? token = null, Guid userId = default, string email = "")
{
    public Guid UserId => userId;

    public string Email => email;

    public string? Token => token;

    public static async Task<Caller> SignUpAsync(HttpClient client)
    {
        var email = NewEmail();
        var answer = await new Caller(client).PostAsync("/auth/sign-up", new { email, password = Password });
        answer.Require(HttpStatusCode.Created);
        return new Caller(client, (string)answer.Body["token"]!, (Guid)answer.Body["user"]!["id"]!, email);
    }

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
