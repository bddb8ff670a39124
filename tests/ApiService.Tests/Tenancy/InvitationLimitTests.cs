using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>Many invitations: at once, beyond the plan, and beyond what a tenant may send.</summary>
public sealed class InvitationLimitTests(ApiFixture fixture)
{
    private const int FreePlan = 5;

    [Fact]
    public async Task Of_many_each_is_invited_or_told_why_not()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var (email, pending) = (NewEmail(), NewEmail());
        await tenant.InviteAsync(new { email = pending });

        var answer = await BulkAsync(tenant, Entry(email), Entry(email.ToUpperInvariant()), Entry(pending), Entry(tenant.User.Email), Entry(NewEmail(), "king"), Entry(NewEmail()));

        Assert.Equal(
            ["invited", "validation", "validation", "already-member", "validation", "invited"],
            answer.Require(HttpStatusCode.OK).Items.Select(Outcome));
        Assert.Equal(3, (await tenant.User.GetAsync($"{tenant.Invitations}?status=pending")).Items.Count);
        Assert.Contains("king", (string?)answer.Items[4]!["refusal"]!["detail"], StringComparison.Ordinal);
        await fixture.TokenAsync(email);
    }

    [Fact]
    public async Task One_that_is_malformed_refuses_all()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await BulkAsync(tenant, Entry(NewEmail()), Entry("nobody"))).RequireInvalid("invitations[1].email");
        (await BulkAsync(tenant)).RequireInvalid("invitations");
        (await BulkAsync(tenant, [.. Enumerable.Range(0, 101).Select(_ => Entry(NewEmail()))])).RequireInvalid("invitations");
        (await tenant.User.PostTextAsync($"{tenant.Invitations}/bulk", """{"invitations":[null]}""")).RequireInvalid("invitations[0]");

        Assert.Empty((await tenant.User.GetAsync(tenant.Invitations)).Items);
    }

    [Fact]
    public async Task A_hundred_are_invited_with_one_request()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set plan = 'enterprise' where id = $1", tenant.TenantId);

        var answer = await BulkAsync(tenant, [.. Enumerable.Range(0, 100).Select(_ => Entry(NewEmail()))]);

        Assert.All(answer.Require(HttpStatusCode.OK).Items, item => Assert.Equal("invited", Outcome(item)));
    }

    [Fact]
    public async Task Members_and_open_invitations_together_fill_the_plan()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var filled = await BulkAsync(tenant, [.. Enumerable.Range(0, FreePlan).Select(_ => Entry(NewEmail()))]);

        Assert.Equal(["invited", "invited", "invited", "invited", "plan-limit"], filled.Require(HttpStatusCode.OK).Items.Select(Outcome));
        (await tenant.User.PostAsync(tenant.Invitations, new { email = NewEmail() })).RequireProblem(HttpStatusCode.Conflict, "plan-limit");

        await tenant.User.DeleteAsync($"{tenant.Invitations}/{filled.Items[0]!["invitation"]!["id"]}");
        await tenant.InviteAsync(new { email = NewEmail() });
    }

    [Fact]
    public async Task An_expired_invitation_takes_no_place_until_it_is_sent_again()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set plan_limits = '{\"members\": 2}' where id = $1", tenant.TenantId);
        var expired = await tenant.InviteAsync(new { email = NewEmail() });
        (await tenant.User.PostAsync($"{tenant.Invitation(expired)}/resend")).Require(HttpStatusCode.OK);
        await fixture.ExpireAsync(expired);

        await tenant.InviteAsync(new { email = NewEmail() });

        (await tenant.User.PostAsync($"{tenant.Invitation(expired)}/resend")).RequireProblem(HttpStatusCode.Conflict, "plan-limit");
    }

    [Fact]
    public async Task Many_who_invite_at_once_do_not_exceed_the_plan()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tenant.User.PostAsync(tenant.Invitations, new { email = NewEmail() })));

        Assert.Equal(FreePlan - 1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.RequireProblem(HttpStatusCode.Conflict, "plan-limit"));
    }

    [Fact]
    public async Task A_tenant_sends_so_many_invitations_an_hour_however_they_come()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["RateLimits:InvitationsPerHour"] = "3" });
        var (busy, calm) = (await api.SignUpWithTenantAsync(), await api.SignUpWithTenantAsync());
        var invitation = (await BulkAsync(busy, Entry(NewEmail()), Entry(NewEmail()))).Require(HttpStatusCode.OK).Items[0]!["invitation"]!["id"];

        (await BulkAsync(busy, Entry(NewEmail()), Entry(NewEmail()))).RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        (await busy.User.PostAsync($"{busy.Invitations}/{invitation}/resend")).Require(HttpStatusCode.OK);
        var refused = await busy.User.PostAsync(busy.Invitations, new { email = NewEmail() });

        Assert.NotNull(refused.RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited").Headers.RetryAfter);
        (await BulkAsync(calm, [.. Enumerable.Range(0, 4).Select(_ => Entry(NewEmail()))])).RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        (await calm.User.PostAsync(calm.Invitations, new { email = NewEmail() })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Guessing_tokens_is_slowed_down()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["RateLimits:InvitationAnswersPerMinute"] = "2" });
        var guess = new { tenantId = Guid.NewGuid(), token = "guess" };

        (await api.Anonymous.OfferAsync(guess)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await api.Anonymous.OfferAsync(guess)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await api.Anonymous.OfferAsync(guess)).RequireProblem(HttpStatusCode.TooManyRequests, "rate-limited");
    }

    private static object Entry(string email, string? role = null) => new { email, role };

    private static Task<Answer> BulkAsync(TenantCaller tenant, params object[] invitations) =>
        tenant.User.PostAsync($"{tenant.Invitations}/bulk", new { invitations });

    private static string Outcome(JsonNode? item) => item!["invitation"] is not null
        ? "invited"
        : ((string)item["refusal"]!["type"]!)["urn:tenantplatform:problem:".Length..];
}
