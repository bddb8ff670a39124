using System.Net.Http.Json;

namespace TenantPlatform.ApiService.Tests.Authentication;

public sealed class OwnSessionTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_user_sees_their_live_sessions_and_which_one_this_is()
    {
        var user = await fixture.Api.SignUpAsync();
        var second = await SignInAgainAsync(user, "Other Browser");
        var ended = await SignInAgainAsync(user);
        await ended.PostAsync("/auth/sign-out");
        await fixture.Api.SignUpAsync();

        var sessions = (await second.GetAsync("/auth/sessions")).Require(HttpStatusCode.OK).Items;

        Assert.Equal(2, sessions.Count);
        Assert.Equal([true, false], sessions.Select(session => (bool)session!["current"]!));
        Assert.Equal("Other Browser", (string?)sessions[0]!["userAgent"]);
        Assert.Equal("127.0.0.1", (string?)sessions[0]!["ipAddress"]);
        Assert.All(sessions, session => Assert.True((DateTimeOffset)session!["expires"]! > (DateTimeOffset)session["created"]!));
        Assert.All(sessions, session => Assert.False((bool)session!["impersonated"]!));
    }

    [Fact]
    public async Task Sessions_come_in_pages_and_cursors_are_ones_own()
    {
        var (user, stranger) = (await fixture.Api.SignUpAsync(), await fixture.Api.SignUpAsync());
        await SignInAgainAsync(user);
        await SignInAgainAsync(user);

        var first = (await user.GetAsync("/auth/sessions?limit=2")).Require(HttpStatusCode.OK);
        var rest = (await user.GetAsync($"/auth/sessions?limit=2&cursor={first.NextCursor}")).Require(HttpStatusCode.OK);

        Assert.Equal((2, 1), (first.Items.Count, rest.Items.Count));
        Assert.Null(rest.NextCursor);
        (await stranger.GetAsync($"/auth/sessions?cursor={first.NextCursor}")).RequireProblem(HttpStatusCode.BadRequest, "invalid-cursor");
        (await user.GetAsync("/auth/sessions?limit=0")).RequireInvalid("limit");
    }

    [Fact]
    public async Task Ending_one_session_ends_that_one_once()
    {
        var user = await fixture.Api.SignUpAsync();
        var lost = await SignInAgainAsync(user);
        var id = (string)(await lost.GetAsync("/auth/sessions")).Items.Single(session => (bool)session!["current"]!)!["id"]!;

        (await user.DeleteAsync($"/auth/sessions/{id}")).Require(HttpStatusCode.NoContent);

        (await lost.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        (await user.DeleteAsync($"/auth/sessions/{id}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_strangers_session_is_not_there()
    {
        var (user, stranger) = (await fixture.Api.SignUpAsync(), await fixture.Api.SignUpAsync());
        var id = (string)(await user.GetAsync("/auth/sessions")).Items[0]!["id"]!;

        (await stranger.DeleteAsync($"/auth/sessions/{id}")).RequireProblem(HttpStatusCode.NotFound, "not-found");

        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ending_all_others_leaves_this_one()
    {
        var (user, stranger) = (await fixture.Api.SignUpAsync(), await fixture.Api.SignUpAsync());
        var others = new[] { await SignInAgainAsync(user), await SignInAgainAsync(user) };

        (await user.DeleteAsync("/auth/sessions")).Require(HttpStatusCode.NoContent);

        foreach (var other in others)
            (await other.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");

        Assert.Single((await user.GetAsync("/auth/sessions")).Items);
        (await stranger.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_impersonated_session_says_so_and_ends_with_the_standing_of_who_acts()
    {
        var (user, staff) = (await fixture.Api.SignUpAsync(), await fixture.Api.SignUpAsync());
        await fixture.AsAdminAsync("insert into platform.platform_users (user_id, role) values ($1, 'admin')", staff.UserId);
        await fixture.AsAdminAsync("update platform.sessions set impersonated_by = $2 where user_id = $1", user.UserId, staff.UserId);

        Assert.True((bool)(await user.GetAsync("/auth/sessions")).Items[0]!["impersonated"]!);

        await fixture.AsAdminAsync("update platform.users set banned = true where id = $1", staff.UserId);
        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("status = 'suspended'", false)]
    [InlineData("banned = true", false)]
    [InlineData("banned = true, ban_expires = now() + interval '1 hour'", false)]
    [InlineData("banned = true, ban_expires = now() - interval '1 second'", true)]
    public async Task A_session_is_as_good_as_its_users_standing(string standing, bool good)
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync($"update platform.users set {standing} where id = $1", user.UserId);

        (await user.GetAsync("/auth/me")).Require(good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    private static async Task<Caller> SignInAgainAsync(Caller user, string agent = "Tests")
    {
        var answer = await user.With(null).SendAsync(
            HttpMethod.Post, "/auth/sign-in", JsonContent.Create(new { email = user.Email, password = Password }), ("User-Agent", agent));
        return user.With((string?)answer.Require(HttpStatusCode.OK).Body["token"]);
    }
}
