using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

/// <summary>Forgotten and changed passwords.</summary>
public sealed class PasswordTests(ApiFixture fixture)
{
    private const string NewPassword = "a quite different password";

    private Caller Anonymous => fixture.Api.Anonymous;

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_token_that_was_sent()
    {
        var user = await fixture.Api.SignUpAsync();
        var token = await ForgetAsync(user.Email);

        (await ResetAsync(token)).Require(HttpStatusCode.NoContent);

        (await SignInAsync(user.Email, Password)).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        (await SignInAsync(user.Email, NewPassword)).Require(HttpStatusCode.OK);
        (await ResetAsync(token)).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task A_reset_ends_every_session_and_every_other_token()
    {
        var user = await fixture.Api.SignUpAsync();
        var (first, second) = (await ForgetAsync(user.Email), await ForgetAsync(user.Email, 2));

        (await ResetAsync(second)).Require(HttpStatusCode.NoContent);

        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await ResetAsync(first)).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task A_reset_verifies_the_address_of_somebody_who_never_did()
    {
        var email = NewEmail();
        (await Anonymous.PostAsync("/auth/sign-up", new { email, password = "password of a stranger" })).Require(HttpStatusCode.Accepted);
        var strangers = await new Mailbox(Anonymous, email).TokenAsync("verify-email");

        (await ResetAsync(await ForgetAsync(email))).Require(HttpStatusCode.NoContent);

        (await SignInAsync(email, NewPassword)).Require(HttpStatusCode.OK);
        (await SignInAsync(email, "password of a stranger")).Require(HttpStatusCode.Unauthorized);
        (await Anonymous.PostAsync("/auth/verify-email", new { token = strangers })).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task Nobody_who_signs_in_elsewhere_gets_a_password_here()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set external_id = id::text where id = $1", user.UserId);

        (await Anonymous.PostAsync("/auth/forgot-password", new { email = user.Email })).Require(HttpStatusCode.Accepted);

        Assert.Equal(0, await fixture.CountAsAdminAsync(
            "select count(*) from platform.outbox_messages where kind = 'reset-password' and recipient = $1", user.Email));
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_not_this_one()
    {
        var user = await fixture.Api.SignUpAsync();
        var other = user.With((string?)(await SignInAsync(user.Email, Password)).Body["token"]);

        (await ChangeAsync(user, Password)).Require(HttpStatusCode.NoContent);

        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        (await other.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await SignInAsync(user.Email, NewPassword)).Require(HttpStatusCode.OK);
        (await SignInAsync(user.Email, Password)).Require(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_counts_as_a_failure()
    {
        var user = await fixture.Api.SignUpAsync();

        for (var guess = 0; guess < 5; guess++)
            (await ChangeAsync(user, "wrong password")).RequireProblem(HttpStatusCode.Forbidden, "wrong-password");

        Assert.Equal(1, await fixture.CountAsAdminAsync(
            "select count(*) from platform.sign_in_failures where email_hash = sha256($1::bytea) and failures = 5 and blocked_until > updated", user.Email));
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task New_passwords_are_as_long_as_they_must_be()
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.PostAsync("/auth/change-password", new { currentPassword = Password, newPassword = "short" })).RequireInvalid("newPassword");
        (await user.PostAsync("/auth/change-password", new { newPassword = NewPassword })).RequireInvalid("currentPassword");
        (await Anonymous.PostAsync("/auth/reset-password", new { token = "x", password = "short" })).RequireInvalid("password");
        (await Anonymous.PostAsync("/auth/forgot-password", new { email = "nonsense" })).RequireInvalid("email");
    }

    private async Task<string> ForgetAsync(string email, int count = 1)
    {
        (await Anonymous.PostAsync("/auth/forgot-password", new { email })).Require(HttpStatusCode.Accepted);
        return await new Mailbox(Anonymous, email).TokenAsync("reset-password", count);
    }

    private Task<Answer> ResetAsync(string token) => Anonymous.PostAsync("/auth/reset-password", new { token, password = NewPassword });

    private Task<Answer> SignInAsync(string email, string password) => Anonymous.PostAsync("/auth/sign-in", new { email, password });

    private static Task<Answer> ChangeAsync(Caller user, string currentPassword) =>
        user.PostAsync("/auth/change-password", new { currentPassword, newPassword = NewPassword });
}
