using System.Net.Http.Headers;

namespace TenantPlatform.ApiService.Tests.Problems;

public sealed class RequestProblemTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/tenants/x/nowhere")]
    [InlineData("/tenants/x/todos/not-an-id")]
    public async Task An_unknown_address_is_not_found(string path)
    {
        (await fixture.Api.Anonymous.GetAsync(path)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_wrong_method_is_not_allowed()
    {
        var answer = await fixture.Api.Anonymous.SendAsync(HttpMethod.Patch, "/tenants");

        answer.RequireProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task A_body_that_is_not_json_is_unsupported(string mediaType)
    {
        var answer = await fixture.Api.Anonymous.PostTextAsync("/auth/sign-in", "x", mediaType);

        answer.RequireProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_of_no_media_type_is_unsupported()
    {
        var content = new ByteArrayContent("{}"u8.ToArray());

        var answer = await fixture.Api.Anonymous.SendAsync(HttpMethod.Post, "/auth/sign-in", content);

        answer.RequireProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await tenant.User.SendAsync(HttpMethod.Post, tenant.Todos, content)).Require(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answer = await tenant.User.PostAsync(tenant.Todos, new { title = new string('x', 300_000) });

        answer.RequireProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Deeply_nested_json_is_refused()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var json = $"{{\"title\":\"x\",\"extra\":{new string('[', 1000)}{new string(']', 1000)}}}";

        (await tenant.User.PostTextAsync(tenant.Todos, json)).Require(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png")]
    [InlineData("nonsense")]
    public async Task Problems_are_json_whatever_the_caller_accepts(string accept)
    {
        var answer = await fixture.Api.Anonymous.SendAsync(HttpMethod.Get, "/auth/me", null, ("Accept", accept));

        answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Every_problem_names_its_trace()
    {
        var answer = await fixture.Api.Anonymous.GetAsync("/nowhere");

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", (string?)answer.Body["traceId"]);
    }
}
