namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class SignInTests(ApiFixture fixture)
{
    [Fact]
    public async Task Signing_in_answers_a_new_token()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = await SignInAsync(user.Email.ToUpperInvariant(), Password);

        answer.Require(HttpStatusCode.OK);
        var token = (string?)answer.Body["token"];
        Assert.NotEqual(user.Token, token);
        Assert.Equal(user.UserId, (Guid?)(await user.With(token).GetAsync("/auth/me")).Body["id"]);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_get_the_same_answer()
    {
        var user = await fixture.Api.SignUpAsync();

        var wrong = await SignInAsync(user.Email, "wrong password");
        var unknown = await SignInAsync(NewEmail(), "wrong password");

        wrong.RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        unknown.RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        Assert.Equal((string?)wrong.Body["title"], (string?)unknown.Body["title"]);
        Assert.Equal(wrong.Headers.Select(header => header.Key), unknown.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task A_banned_user_learns_it_by_the_right_password_only()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set banned = true, ban_expires = '2100-01-01Z' where id = $1", user.UserId);

        (await SignInAsync(user.Email, "wrong password")).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        var answer = (await SignInAsync(user.Email, Password)).RequireProblem(HttpStatusCode.Forbidden, "account-banned");
        Assert.Equal(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc), (DateTime?)answer.Body["until"]);
    }

    [Fact]
    public async Task A_suspended_user_is_told_so_without_an_end()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set status = 'suspended' where id = $1", user.UserId);

        var answer = (await SignInAsync(user.Email, Password)).RequireProblem(HttpStatusCode.Forbidden, "account-banned");

        Assert.Null(answer.Body["until"]);
    }

    [Fact]
    public async Task A_ban_ends_by_itself()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set banned = true, ban_expires = now() - interval '1 second' where id = $1", user.UserId);

        (await SignInAsync(user.Email, Password)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_user_is_unknown()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set deleted = now() where id = $1", user.UserId);

        (await SignInAsync(user.Email, Password)).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
    }

    [Fact]
    public async Task A_missing_password_is_invalid()
    {
        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-in", new { email = NewEmail() });

        answer.RequireInvalid("password");
    }

    private Task<Answer> SignInAsync(string email, string password) =>
        fixture.Api.Anonymous.PostAsync("/auth/sign-in", new { email, password });
}
