namespace TenantPlatform.ApiService.Tests.Authentication;

public sealed class SessionTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_token_is_good_for_nothing_after_signing_out()
    {
        var user = await fixture.Api.SignUpAsync();

        var signOut = await user.PostAsync("/auth/sign-out");

        signOut.Require(HttpStatusCode.NoContent);
        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Signing_out_leaves_other_sessions_alone()
    {
        var user = await fixture.Api.SignUpAsync();
        var second = await user.PostAsync("/auth/sign-in", new { email = user.Email, password = Password });

        await user.PostAsync("/auth/sign-out");

        (await user.With((string?)second.Body["token"]).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync(
            "update platform.sessions set created = now() - interval '2 days', expires = now() - interval '1 second' where user_id = $1", user.UserId);

        var answer = await user.GetAsync("/auth/me");

        answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_deleted_user_is_refused()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set deleted = now() where id = $1", user.UserId);

        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer not-a-token")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic YWRhOnNlY3JldA==")]
    public async Task Anything_but_a_live_token_is_refused(string authorization)
    {
        var answer = await fixture.Api.Anonymous.SendAsync(HttpMethod.Get, "/auth/me", null, ("Authorization", authorization));

        answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.First().Scheme);
    }

    [Fact]
    public async Task Signing_in_works_with_a_stale_token_in_the_header()
    {
        var user = await fixture.Api.SignUpAsync();
        await user.PostAsync("/auth/sign-out");

        var answer = await user.PostAsync("/auth/sign-in", new { email = user.Email, password = Password });

        answer.Require(HttpStatusCode.OK);
    }
}
