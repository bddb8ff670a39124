using System.Net.Http.Json;

namespace TenantPlatform.ApiService.Tests.Authentication;

public sealed class CookieTests(ApiFixture fixture)
{
    private static readonly (string, string?) OwnPage = ("Sec-Fetch-Site", "same-origin");

    [Fact]
    public async Task A_page_of_ours_gets_the_token_as_a_cookie_that_it_cannot_read()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = (await SignInAsync(user, "true", OwnPage)).Require(HttpStatusCode.OK);

        Assert.Null(answer.Body["token"]);
        Assert.NotNull(answer.Body["expires"]);
        var attributes = SetCookie(answer).Split("; ");
        Assert.StartsWith("session=", attributes[0], StringComparison.Ordinal);
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=lax", attributes);
        Assert.Contains("path=/", attributes);
        Assert.DoesNotContain("secure", attributes);
        Assert.DoesNotContain(attributes, attribute => attribute.StartsWith("domain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_development_the_cookie_is_for_encrypted_connections_to_this_host_only()
    {
        await using var api = fixture.Start(new Dictionary<string, string>
        {
            ["environment"] = "Production",
            ["Notifications:Host"] = "smtp.example.org",
            ["Notifications:From"] = "noreply@example.org",
            ["Notifications:LinkBase"] = "https://api.example.org",
        });
        var user = (await fixture.Api.SignUpAsync()).At(api);

        var cookie = SetCookie(await SignInAsync(user, "true", OwnPage));

        Assert.StartsWith("__Host-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        var planted = cookie.Replace("__Host-", "", StringComparison.Ordinal);
        (await SendAsync(user, HttpMethod.Get, "/auth/me", cookie)).Require(HttpStatusCode.OK);
        (await SendAsync(user, HttpMethod.Get, "/auth/me", planted)).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task The_cookie_signs_requests_and_signing_out_takes_it_back()
    {
        var (user, cookie) = await SignedInAsync();
        (await SendAsync(user, HttpMethod.Get, "/auth/me", cookie)).Require(HttpStatusCode.OK);

        var signOut = await SendAsync(user, HttpMethod.Post, "/auth/sign-out", cookie, OwnPage);

        signOut.Require(HttpStatusCode.NoContent);
        Assert.Contains("expires=Thu, 01 Jan 1970", SetCookie(signOut), StringComparison.Ordinal);
        (await SendAsync(user, HttpMethod.Get, "/auth/me", cookie)).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_bearer_token_wins_over_the_cookie()
    {
        var (_, cookie) = await SignedInAsync();
        var other = await fixture.Api.SignUpAsync();

        var me = await other.SendAsync(HttpMethod.Get, "/auth/me", null, ("Cookie", cookie));
        var stale = await other.With(new string('A', 43)).SendAsync(HttpMethod.Get, "/auth/me", null, ("Cookie", cookie));

        Assert.Equal(other.UserId, (Guid)me.Require(HttpStatusCode.OK).Body["id"]!);
        stale.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Origin", "own", true)]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Referer", "own", false)]
    public async Task With_a_cookie_only_our_own_pages_change_anything(string header, string value, bool accepted)
    {
        var (user, cookie) = await SignedInAsync();
        var own = fixture.Api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var answer = await SendAsync(user, HttpMethod.Post, "/tenants", cookie, (header, value is "own" ? own : value));

        if (accepted)
            answer.Require(HttpStatusCode.Created);
        else
            answer.RequireProblem(HttpStatusCode.Forbidden, "cross-site-request");
    }

    [Fact]
    public async Task A_form_on_another_site_changes_nothing()
    {
        var (user, cookie) = await SignedInAsync();
        using var form = new FormUrlEncodedContent([new("name", "Stolen")]);

        var answer = await user.With(null).SendAsync(
            HttpMethod.Post, "/tenants", form, ("Cookie", cookie), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"));

        answer.RequireProblem(HttpStatusCode.Forbidden, "cross-site-request");
        Assert.Empty((await SendAsync(user, HttpMethod.Get, "/tenants", cookie)).Items);
    }

    [Fact]
    public async Task Another_site_cannot_sign_its_visitor_in()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = await SignInAsync(user, "true", ("Sec-Fetch-Site", "cross-site"));

        answer.RequireProblem(HttpStatusCode.Forbidden, "cross-site-request");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Programs_get_the_token_and_no_cookie()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = (await SignInAsync(user, "false")).Require(HttpStatusCode.OK);

        Assert.NotNull(answer.Body["token"]);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        (await SignInAsync(user, "maybe")).RequireInvalid("cookie");
    }

    [Fact]
    public async Task Another_origin_is_never_told_that_it_may_read()
    {
        var answer = await fixture.Api.Anonymous.SendAsync(
            HttpMethod.Options, "/tenants", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static string SetCookie(Answer answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    private static Task<Answer> SignInAsync(Caller user, string cookie, params (string, string?)[] headers) => user.With(null).SendAsync(
        HttpMethod.Post, $"/auth/sign-in?cookie={cookie}", JsonContent.Create(new { email = user.Email, password = Password }), headers);

    private static Task<Answer> SendAsync(Caller user, HttpMethod method, string path, string cookie, params (string, string?)[] headers) =>
        user.With(null).SendAsync(
            method, path, path is "/tenants" && method == HttpMethod.Post ? JsonContent.Create(new { name = "Acme" }) : null,
            [("Cookie", cookie.Split(';')[0]), .. headers]);

    private async Task<(Caller User, string Cookie)> SignedInAsync()
    {
        var user = await fixture.Api.SignUpAsync();
        return (user, SetCookie(await SignInAsync(user, "true", OwnPage)).Split(';')[0]);
    }
}
