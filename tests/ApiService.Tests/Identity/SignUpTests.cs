using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class SignUpTests(ApiFixture fixture)
{
    private Caller Anonymous => fixture.Api.Anonymous;

    [Fact]
    public async Task The_token_that_was_sent_finishes_a_sign_up_and_signs_in()
    {
        var email = NewEmail();
        await SignUpAsync(email, Password, "Ada");
        var token = await TokenAsync(email);

        var answer = await VerifyAsync(token);

        var me = (await Caller.From(fixture.Api.Client, answer).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        Assert.Equal(email, (string?)me.Body["email"]);
        Assert.Equal("Ada", (string?)me.Body["name"]);
        Assert.Equal((string?)answer.Body["user"]!["created"], (string?)me.Body["created"]);
    }

    [Fact]
    public async Task A_known_email_gets_the_same_answer_and_its_owner_a_message()
    {
        var user = await fixture.Api.SignUpAsync();

        var known = await SignUpAsync($"  {user.Email.ToUpperInvariant()} ", "another password", "Eve");
        var fresh = await SignUpAsync(NewEmail());

        Assert.Equal(fresh.Text, known.Text);
        Assert.Equal(fresh.Headers.Select(header => header.Key), known.Headers.Select(header => header.Key));
        Assert.Contains("forgot-password", (string?)(await MailboxOf(user.Email).AwaitAsync("already-signed-up"))["text"], StringComparison.Ordinal);
        Assert.Null((string?)(await user.GetAsync("/auth/me")).Body["name"]);
        (await SignInAsync(user.Email, "another password")).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        (await SignInAsync(user.Email, Password)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Until_the_address_is_verified_nobody_signs_in_but_the_right_password_brings_another_token()
    {
        var email = NewEmail();
        await SignUpAsync(email);
        await TokenAsync(email);

        (await SignInAsync(email, "wrong password")).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        (await SignInAsync(email, Password)).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");

        (await VerifyAsync(await TokenAsync(email, 2))).Require(HttpStatusCode.OK);
        (await SignInAsync(email, Password)).Require(HttpStatusCode.OK);
        Assert.Equal(2, (await MailboxOf(email).ReadAsync()).Count);
    }

    [Fact]
    public async Task The_password_that_counts_is_the_one_of_the_message_that_was_answered()
    {
        var email = NewEmail();
        await SignUpAsync(email, "password of a stranger");
        await TokenAsync(email);
        await SignUpAsync(email);
        var mine = await TokenAsync(email, 2);
        await SignUpAsync(email, "of the stranger again");
        var theirs = await TokenAsync(email, 3);

        (await VerifyAsync(mine)).Require(HttpStatusCode.OK);

        (await SignInAsync(email, Password)).Require(HttpStatusCode.OK);
        (await SignInAsync(email, "password of a stranger")).Require(HttpStatusCode.Unauthorized);
        (await SignInAsync(email, "of the stranger again")).Require(HttpStatusCode.Unauthorized);
        (await VerifyAsync(theirs)).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task Asking_again_after_several_sign_ups_confirms_the_address_and_no_password()
    {
        var email = NewEmail();
        await SignUpAsync(email, "password of a stranger");
        await SignUpAsync(email);
        await TokenAsync(email, 2);
        (await Anonymous.PostAsync("/auth/verify-email/resend", new { email })).Require(HttpStatusCode.Accepted);

        (await VerifyAsync(await TokenAsync(email, 3))).Require(HttpStatusCode.OK);

        (await SignInAsync(email, "password of a stranger")).Require(HttpStatusCode.Unauthorized);
        (await SignInAsync(email, Password)).Require(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Two_sign_ups_at_once_are_one_user()
    {
        var email = NewEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SignUpAsync(email)));

        Assert.All(answers, answer => answer.Require(HttpStatusCode.Accepted));
        Assert.Equal(1, await fixture.CountAsAdminAsync("select count(*) from platform.users where email = $1", email));
    }

    [Theory]
    [InlineData("no-at-sign", Password, "email")]
    [InlineData("two@at@signs", Password, "email")]
    [InlineData("", Password, "email")]
    [InlineData(null, Password, "email")]
    [InlineData("short@example.org", "1234567", "password")]
    [InlineData("none@example.org", null, "password")]
    public async Task Sign_up_names_the_invalid_field(string? email, string? password, string field)
    {
        var answer = await Anonymous.PostAsync("/auth/sign-up", new { email, password });

        answer.RequireInvalid(field);
    }

    [Fact]
    public async Task An_email_that_only_the_database_refuses_is_named_too()
    {
        // PostgreSQL and .NET disagree about the lower case of this letter, so it passes validation.
        var answer = await Anonymous.PostAsync("/auth/sign-up", new { email = "\u0130@example.org", password = Password });

        answer.RequireInvalid("email");
    }

    [Fact]
    public async Task A_password_of_more_than_128_characters_is_refused()
    {
        var answer = await Anonymous.PostAsync("/auth/sign-up", new { email = NewEmail(), password = new string('x', 129) });

        answer.RequireInvalid("password");
    }

    [Fact]
    public async Task Neither_token_nor_password_is_stored()
    {
        var user = await fixture.Api.SignUpAsync();
        var proof = await TokenAsync(user.Email);

        var rows = await fixture.ReadAsAdminAsync<string>(
            """
            select string_agg(concat(s, a, v), '') from platform.users u
            join platform.sessions s on s.user_id = u.id join platform.accounts a on a.user_id = u.id
            join platform.verifications v on v.identifier = 'verify-email:' || u.email where u.id = $1
            """,
            user.UserId);

        Assert.NotNull(rows);
        Assert.DoesNotContain(Password, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Token!, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(proof, rows, StringComparison.Ordinal);
    }

    private Task<Answer> SignUpAsync(string email, string password = Password, string? name = null) =>
        Anonymous.PostAsync("/auth/sign-up", new { email, password, name });

    private Task<Answer> SignInAsync(string email, string password) => Anonymous.PostAsync("/auth/sign-in", new { email, password });

    private Task<Answer> VerifyAsync(string token) => Anonymous.PostAsync("/auth/verify-email", new { token });

    private Task<string> TokenAsync(string email, int count = 1) => MailboxOf(email).TokenAsync("verify-email", count);

    private Mailbox MailboxOf(string email) => new(Anonymous, email);
}
