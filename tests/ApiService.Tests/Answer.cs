using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests;

internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    private const string ProblemPrefix = "urn:tenantplatform:problem:";

    public JsonNode Body => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    public JsonArray Items => Body["items"]!.AsArray();

    public string? NextCursor => (string?)Body["nextCursor"];

    public string Id => (string)Body["id"]!;

    public string ETag => Headers.ETag!.ToString();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancel);
            return new Answer(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, text);
        }
    }

    public Answer Require(HttpStatusCode status)
    {
        Assert.True(status == Status, $"Expected {status}, but got {Status}: {Text}");
        return this;
    }

    /// <summary>It is a problem document of this type, and complete.</summary>
    public Answer RequireProblem(HttpStatusCode status, string type)
    {
        Require(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(ProblemPrefix + type, (string?)Body["type"]);
        Assert.Equal((int)status, (int?)Body["status"]);
        Assert.False(string.IsNullOrEmpty((string?)Body["title"]));
        return this;
    }

    /// <summary>It is a validation problem that names these fields and no others.</summary>
    public void RequireInvalid(params string[] fields)
    {
        RequireProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Equal(fields.Order(), Body["errors"]!.AsObject().Select(error => error.Key).Order());
    }
}
