using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

/// <summary>Wrong passwords in a row, for addresses that somebody has and for those that nobody has.</summary>
public sealed class GuessingTests(ApiFixture fixture)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_failures_the_address_has_to_wait(bool known)
    {
        var email = known ? (await fixture.Api.SignUpAsync()).Email : NewEmail();
        await FailAsync(email, 5);
        await ProlongDelayAsync(email);

        var refused = await SignInAsync(email, known ? Password : "wrong password");

        refused.RequireProblem(HttpStatusCode.TooManyRequests, "too-many-failures");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(601));
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_are_all_counted_and_most_are_not_even_looked_at()
    {
        var user = await fixture.Api.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SignInAsync(user.Email, "wrong password")));

        var looked = answers.Count(answer => answer.Status is HttpStatusCode.Unauthorized);
        Assert.Equal(50 - looked, answers.Count(answer => answer.Status is HttpStatusCode.TooManyRequests));
        Assert.Equal(looked, await CountFailuresAsync(user.Email));
        Assert.InRange(looked, 5, 12);
    }

    [Fact]
    public async Task Each_further_failure_doubles_the_delay_up_to_a_quarter_of_an_hour()
    {
        var email = NewEmail();
        await FailAsync(email, 4);
        var delays = new List<long>();

        for (var failure = 5; failure <= 17; failure++)
        {
            await FailAsync(email, 1);
            delays.Add(await ReadAsync(email, "extract(epoch from blocked_until - updated)"));
            await EndDelayAsync(email);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900], delays);
    }

    [Fact]
    public async Task When_the_delay_is_over_the_right_password_signs_in_and_starts_anew()
    {
        var user = await fixture.Api.SignUpAsync();
        await FailAsync(user.Email, 5);
        await EndDelayAsync(user.Email);

        (await SignInAsync(user.Email, Password)).Require(HttpStatusCode.OK);

        Assert.Equal(0, await CountFailuresAsync(user.Email));
        await FailAsync(user.Email, 4);
        (await SignInAsync(user.Email, Password)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failures_of_more_than_a_day_ago_are_forgotten()
    {
        var email = NewEmail();
        await FailAsync(email, 4);
        await SetAsync(email, "updated = now() - interval '25 hours'");

        await FailAsync(email, 4);

        Assert.Equal(4, await CountFailuresAsync(email));
    }

    [Fact]
    public async Task A_delay_neither_ends_sessions_nor_keeps_a_new_password_from_being_chosen()
    {
        var user = await fixture.Api.SignUpAsync();
        await FailAsync(user.Email, 5);
        await ProlongDelayAsync(user.Email);

        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        await fixture.Api.Anonymous.PostAsync("/auth/forgot-password", new { email = user.Email });
        var token = await new Mailbox(fixture.Api.Anonymous, user.Email).TokenAsync("reset-password");
        (await fixture.Api.Anonymous.PostAsync("/auth/reset-password", new { token, password = "another password" })).Require(HttpStatusCode.NoContent);

        (await SignInAsync(user.Email, "another password")).Require(HttpStatusCode.OK);
    }

    private Task<Answer> SignInAsync(string email, string password) =>
        fixture.Api.Anonymous.PostAsync("/auth/sign-in", new { email, password });

    private async Task FailAsync(string email, int times)
    {
        for (var failure = 0; failure < times; failure++)
            (await SignInAsync(email, "wrong password")).RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
    }

    // Of one second only, and the machine may be slow. Leaves an address alone that need not wait.
    private Task<long> ProlongDelayAsync(string email) => SetAsync(email, "blocked_until = blocked_until + interval '10 minutes'");

    private Task<long> EndDelayAsync(string email) => SetAsync(email, "blocked_until = now() - interval '1 second'");

    private Task<long> SetAsync(string email, string change) => fixture.CountAsAdminAsync(
        $"with changed as (update platform.sign_in_failures set {change} where email_hash = sha256($1::bytea) returning 1) select count(*) from changed",
        email);

    private Task<long> CountFailuresAsync(string email) => ReadAsync(email, "failures");

    private Task<long> ReadAsync(string email, string value) =>
        fixture.CountAsAdminAsync($"select ({value})::bigint from platform.sign_in_failures where email_hash = sha256($1::bytea)", email);
}
