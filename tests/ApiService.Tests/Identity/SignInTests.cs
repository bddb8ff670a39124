using System.Diagnostics;

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
    public async Task An_unknown_email_costs_as_much_time_as_a_wrong_password()
    {
        var user = await fixture.Api.SignUpAsync();
        await SignInAsync(user.Email, "warm up");

        var wrong = await FastestOfFiveAsync(() => SignInAsync(user.Email, "wrong password"));
        var unknown = await FastestOfFiveAsync(() => SignInAsync(NewEmail(), "wrong password"));

        Assert.InRange(unknown / wrong, 0.33, 3);
    }

    [Fact]
    public async Task A_missing_password_is_invalid()
    {
        var answer = await fixture.Api.Anonymous.PostAsync("/auth/sign-in", new { email = NewEmail() });

        answer.RequireInvalid("password");
    }

    private Task<Answer> SignInAsync(string email, string password) =>
        fixture.Api.Anonymous.PostAsync("/auth/sign-in", new { email, password });

    private static async Task<double> FastestOfFiveAsync(Func<Task> action)
    {
        var fastest = double.MaxValue;

        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await action();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return fastest;
    }
}
