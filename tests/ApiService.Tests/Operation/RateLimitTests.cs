namespace TenantPlatform.ApiService.Tests.Operation;

public sealed class RateLimitTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_busy_tenant_is_told_to_wait_and_others_are_not()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["RateLimits:TenantRequestsPerMinute"] = "6" });
        var (busy, calm) = (await api.SignUpWithTenantAsync(), await api.SignUpWithTenantAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => busy.ListAsync()));

        var refused = answers.First(answer => answer.Status != HttpStatusCode.OK).RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        (await calm.ListAsync()).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_down()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["RateLimits:SignInsPerMinute"] = "3" });

        var answers = new List<Answer>();
        for (var attempt = 0; attempt < 4; attempt++)
            answers.Add(await api.Anonymous.PostAsync("/auth/sign-in", new { email = NewEmail(), password = "guess" }));

        answers[2].RequireProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        answers[3].RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.NotNull(answers[3].Headers.RetryAfter);
    }
}
