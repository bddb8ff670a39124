namespace TenantPlatform.ApiService.Tests.Identity;

public sealed class SignUpTests(ApiFixture fixture)
{
    [Fact]
    public async Task Signing_up_signs_in()
    {
        var email = NewEmail();

        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email, password = Password, name = "Ada" });

        answer.Require(HttpStatusCode.Created);
        var me = (await fixture.Api.Anonymous.With((string?)answer.Body["token"]).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        Assert.Equal(email, (string?)me.Body["email"]);
        Assert.Equal("Ada", (string?)me.Body["name"]);
        Assert.Equal((string?)answer.Body["user"]!["created"], (string?)me.Body["created"]);
    }

    [Fact]
    public async Task Emails_are_one_whatever_their_case_and_spaces()
    {
        var email = NewEmail();
        await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email, password = Password });

        var again = await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email = $"  {email.ToUpperInvariant()} ", password = Password });

        again.RequireProblem(HttpStatusCode.Conflict, "email-taken");
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
        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email, password });

        answer.RequireInvalid(field);
    }

    [Fact]
    public async Task An_email_that_only_the_database_refuses_is_named_too()
    {
        // PostgreSQL and .NET disagree about the lower case of this letter, so it passes validation.
        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email = "\u0130@example.org", password = Password });

        answer.RequireInvalid("email");
    }

    [Fact]
    public async Task A_password_of_more_than_128_characters_is_refused()
    {
        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email = NewEmail(), password = new string('x', 129) });

        answer.RequireInvalid("password");
    }

    [Fact]
    public async Task Neither_token_nor_password_is_stored()
    {
        var user = await fixture.Api.SignUpAsync();

        var rows = await fixture.ReadAsAdminAsync<string>(
            "select string_agg(concat(s, a), '') from platform.sessions s join platform.accounts a using (user_id) where s.user_id = $1", user.UserId);

        Assert.NotNull(rows);
        Assert.DoesNotContain(Password, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Token!, rows, StringComparison.Ordinal);
    }
}
