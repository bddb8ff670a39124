using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class EmailChangeTests(ApiFixture fixture)
{
    private Caller Anonymous => fixture.Api.Anonymous;

    [Fact]
    public async Task A_new_address_counts_once_its_mailbox_has_confirmed_it_and_the_old_one_is_told()
    {
        var (user, email) = (await fixture.Api.SignUpAsync(), NewEmail());

        (await ChangeAsync(user, email)).Require(HttpStatusCode.Accepted);
        Assert.Equal(user.Email, await EmailOfAsync(user));
        (await ConfirmAsync(await TokenAsync(email))).Require(HttpStatusCode.NoContent);

        Assert.Equal(email, await EmailOfAsync(user));
        Assert.Contains(email, (string?)(await new Mailbox(Anonymous, user.Email).AwaitAsync("email-changed"))["text"], StringComparison.Ordinal);
        (await SignInAsync(email)).Require(HttpStatusCode.OK);
        (await SignInAsync(user.Email)).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
    }

    [Fact]
    public async Task A_taken_address_gets_the_same_answer_and_its_owner_a_message()
    {
        var (user, other) = (await fixture.Api.SignUpAsync(), await fixture.Api.SignUpAsync());

        var taken = await ChangeAsync(user, other.Email.ToUpperInvariant());
        var free = await ChangeAsync(user, NewEmail());

        Assert.Equal(free.Require(HttpStatusCode.Accepted).Text, taken.Text);
        await new Mailbox(Anonymous, other.Email).AwaitAsync("already-signed-up");
    }

    [Fact]
    public async Task An_address_that_somebody_verifies_first_is_theirs()
    {
        var (user, email) = (await fixture.Api.SignUpAsync(), NewEmail());
        await ChangeAsync(user, email);
        var token = await TokenAsync(email);
        await SignUpAsync(email);
        var faster = await new Mailbox(Anonymous, email).TokenAsync("verify-email");
        (await Anonymous.PostAsync("/auth/verify-email", new { token = faster })).Require(HttpStatusCode.OK);

        var answer = await ConfirmAsync(token);

        Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, answer.Text);
        Assert.Equal(user.Email, await EmailOfAsync(user));
    }

    [Fact]
    public async Task Who_signed_up_with_an_address_and_never_verified_it_does_not_keep_its_owner_out()
    {
        var (user, email) = (await fixture.Api.SignUpAsync(), NewEmail());
        await SignUpAsync(email);
        var squatters = await new Mailbox(Anonymous, email).TokenAsync("verify-email");

        await ChangeAsync(user, email);
        (await ConfirmAsync(await TokenAsync(email))).Require(HttpStatusCode.NoContent);

        Assert.Equal(email, await EmailOfAsync(user));
        (await Anonymous.PostAsync("/auth/verify-email", new { token = squatters })).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task Nobody_moves_an_account_without_its_password()
    {
        var (user, email) = (await fixture.Api.SignUpAsync(), NewEmail());

        var answer = await user.PostAsync("/auth/change-email", new { newEmail = email, password = "wrong password" });

        answer.RequireProblem(HttpStatusCode.Forbidden, "wrong-password");
        Assert.Equal(0, await fixture.CountAsAdminAsync("select count(*) from platform.outbox_messages where recipient = $1", email));
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.PostAsync("/auth/change-email", new { newEmail = "nonsense" })).RequireInvalid("newEmail", "password");
    }

    private static Task<Answer> ChangeAsync(Caller user, string newEmail) =>
        user.PostAsync("/auth/change-email", new { newEmail, password = Password });

    private Task<Answer> SignUpAsync(string email) => Anonymous.PostAsync("/auth/sign-up", new { email, password = "another password" });

    private Task<Answer> ConfirmAsync(string token) => Anonymous.PostAsync("/auth/confirm-email", new { token });

    private Task<string> TokenAsync(string email) => new Mailbox(Anonymous, email).TokenAsync("confirm-email");

    private Task<Answer> SignInAsync(string email) => Anonymous.PostAsync("/auth/sign-in", new { email, password = Password });

    private static async Task<string?> EmailOfAsync(Caller user) => (string?)(await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK).Body["email"];
}
