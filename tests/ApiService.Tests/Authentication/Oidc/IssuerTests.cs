using static TenantPlatform.ApiService.Tests.Authentication.Oidc.OidcApi;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>Keys come and go, and so does the issuer.</summary>
public sealed class IssuerTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_new_key_is_accepted_at_once_and_a_withdrawn_one_then_no_longer()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var api = Start(fixture, issuer);
        var (old, successor, subject) = (issuer.Keys[0], TestKey.NewRsa(), NewSubject());
        (await GetMeAsync(api, issuer.Token(subject))).Require(HttpStatusCode.OK);

        lock (issuer.Keys)
            issuer.Keys[0] = successor;

        await Task.Delay(TimeSpan.FromMilliseconds(150), Cancel);
        (await GetMeAsync(api, issuer.Token(subject))).Require(HttpStatusCode.OK);
        (await GetMeAsync(api, issuer.Token(subject, key: old))).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_withdrawn_key_is_accepted_no_longer_than_the_lifetime_of_keys()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var api = Start(fixture, issuer, ("KeyLifetimeSeconds", "1"));
        var token = issuer.Token(NewSubject());
        (await GetMeAsync(api, token)).Require(HttpStatusCode.OK);

        lock (issuer.Keys)
            issuer.Keys.RemoveAt(0);

        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        (await GetMeAsync(api, token)).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_us_ask_the_issuer_again_and_again()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var api = Start(fixture, issuer, ("KeyRefreshSeconds", "3600"));
        var stranger = TestKey.NewRsa();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => GetMeAsync(
            api, issuer.Token(NewSubject(), header: head => head["kid"] = $"unknown {number}", key: stranger))));

        Assert.All(answers, answer => answer.RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated"));
        Assert.Equal(1, issuer.Asked);
        (await GetMeAsync(api, issuer.Token(NewSubject()))).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_issuer_sessions_are_served_and_its_tokens_as_soon_as_it_is_there()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await issuer.StopAsync();
        await using var api = Start(fixture, issuer);
        var token = issuer.Token(NewSubject());

        (await (await fixture.Api.SignUpAsync()).At(api).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        var answer = (await GetMeAsync(api, token)).RequireProblem(HttpStatusCode.ServiceUnavailable, "issuer-unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);

        await issuer.ListenAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(150), Cancel);
        (await GetMeAsync(api, token)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_issuer_that_goes_away_is_believed_what_it_said()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var api = Start(fixture, issuer, ("KeyLifetimeSeconds", "1"));
        var token = issuer.Token(NewSubject());
        (await GetMeAsync(api, token)).Require(HttpStatusCode.OK);

        await issuer.StopAsync();

        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        (await GetMeAsync(api, token)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_issuers_discovery_document_is_not_believed()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var api = Start(fixture, issuer, ("Authority", issuer.Authority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));

        (await GetMeAsync(api, issuer.Token(NewSubject()))).RequireProblem(HttpStatusCode.ServiceUnavailable, "issuer-unavailable");
    }

    private static Task<Answer> GetMeAsync(Api api, string token) => new Caller(api.Client, token).GetAsync("/auth/me");
}
