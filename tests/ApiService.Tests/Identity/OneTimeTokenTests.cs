using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Identity;

/// <summary>What holds for every token that is sent to an address.</summary>
public sealed class OneTimeTokenTests(ApiFixture fixture)
{
    private Caller Anonymous => fixture.Api.Anonymous;

    [Fact]
    public async Task A_token_is_good_once_however_many_use_it_at_the_same_moment()
    {
        var user = await fixture.Api.SignUpAsync();
        await Anonymous.PostAsync("/auth/forgot-password", new { email = user.Email });
        var token = await new Mailbox(Anonymous, user.Email).TokenAsync("reset-password");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Anonymous.PostAsync("/auth/reset-password", new { token, password = Password })));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.NoContent);
        Assert.Equal(19, answers.Count(answer => answer.Status is HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var email = NewEmail();
        var token = await SignUpAsync(email);
        await ExpireAsync($"verify-email:{email}");

        (await VerifyAsync(token)).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task A_token_of_another_purpose_is_refused()
    {
        var email = NewEmail();
        var token = await SignUpAsync(email);

        var answer = await Anonymous.PostAsync("/auth/reset-password", new { token, password = Password });

        answer.RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
        (await VerifyAsync(token)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_whose_subject_was_changed_is_refused()
    {
        var token = await SignUpAsync(NewEmail());

        (await VerifyAsync(token[..(token.IndexOf('.', StringComparison.Ordinal) + 1)])).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Theory]
    [InlineData("/auth/verify-email")]
    [InlineData("/auth/confirm-email")]
    public async Task Nonsense_is_refused(string path)
    {
        (await Anonymous.PostAsync(path, new { token = "nonsense" })).RequireProblem(HttpStatusCode.BadRequest, "invalid-token");
        (await Anonymous.PostAsync(path, new { token = "" })).RequireInvalid("token");
        (await Anonymous.PostAsync(path, new { token = new string('x', 401) })).RequireInvalid("token");
    }

    [Fact]
    public async Task A_mailbox_gets_no_more_than_five_messages_of_a_kind_in_an_hour()
    {
        var user = await fixture.Api.SignUpAsync();

        for (var request = 0; request < 7; request++)
            (await Anonymous.PostAsync("/auth/forgot-password", new { email = user.Email })).Require(HttpStatusCode.Accepted);

        Assert.Equal(5, await fixture.CountAsAdminAsync(
            "select count(*) from platform.outbox_messages where kind = 'reset-password' and recipient = $1", user.Email));
    }

    private async Task<string> SignUpAsync(string email)
    {
        (await Anonymous.PostAsync("/auth/sign-up", new { email, password = Password })).Require(HttpStatusCode.Accepted);
        return await new Mailbox(Anonymous, email).TokenAsync("verify-email");
    }

    private Task<Answer> VerifyAsync(string token) => Anonymous.PostAsync("/auth/verify-email", new { token });

    private Task<long> ExpireAsync(string identifier) => fixture.CountAsAdminAsync(
        """
        with expired as (
            update platform.verifications set created = now() - interval '2 days', expires = now() - interval '1 second'
            where identifier = $1 returning 1)
        select count(*) from expired
        """,
        identifier);
}
