using System.Diagnostics;
using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>What the person does who was invited.</summary>
public sealed class InvitationAcceptanceTests(ApiFixture fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task Whoever_has_the_token_sees_the_offer_before_signing_in()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync("viewer");

        var offer = (await fixture.Api.Anonymous.OfferAsync(link)).Require(HttpStatusCode.OK).Body;

        Assert.Equal((invited.Email, "viewer"), ((string?)offer["email"], (string?)offer["role"]));
        Assert.StartsWith("Tenant ", (string?)offer["tenantName"], StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.TenantId.ToString(), offer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepting_makes_a_member_with_the_role_once()
    {
        var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync("viewer");
        (await invited.GetAsync(tenant.Todos)).Require(HttpStatusCode.NotFound);

        var accepted = await invited.AcceptAsync(link);
        var again = await invited.AcceptAsync(link);

        Assert.Equal(tenant.TenantId, (Guid)accepted.Require(HttpStatusCode.OK).Body["tenant"]!["id"]!);
        Assert.Equal("viewer", (string?)Assert.Single(accepted.Body["tenant"]!["roles"]!.AsArray()));
        Assert.Equal(accepted.Text, again.Require(HttpStatusCode.OK).Text);
        Assert.Equal("accepted", (string?)(await tenant.User.GetAsync(tenant.Invitation(invitation))).Body["status"]);
        (await invited.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
        Assert.Equal(1, await fixture.MembershipsAsync(invited));
    }

    [Fact]
    public async Task Of_two_hundred_acceptances_at_once_there_is_one_membership()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync();
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => invited.AcceptAsync(link)));

        output.WriteLine($"200 acceptances in {watch.ElapsedMilliseconds} ms: {string.Join(", ", answers.CountBy(answer => answer.Status))}");
        Assert.All(answers, answer => Assert.Equal(answers[0].Require(HttpStatusCode.OK).Text, answer.Text));
        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>(
            "select count(*) from platform.tenant_users where tenant_id = $1 and created >= (select created from platform.invitations where tenant_id = $1)", tenant.TenantId));
        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>(
            "select count(*) from platform.invitations where tenant_id = $1 and status = 'accepted'", tenant.TenantId));
    }

    [Fact]
    public async Task Accepting_declining_and_canceling_at_once_end_in_one_of_them()
    {
        for (var round = 0; round < 10; round++)
        {
            var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync();

            var answers = await Task.WhenAll(
                invited.AcceptAsync(link), invited.RejectAsync(link), tenant.User.DeleteAsync(tenant.Invitation(invitation)));

            var winner = Assert.Single(answers, answer => (int)answer.Status < 300);
            Assert.All(answers.Where(answer => answer != winner), answer => answer.RequireProblem(HttpStatusCode.Conflict, "invitation-gone"));
            Assert.Equal(winner == answers[0] ? 1 : 0, await fixture.MembershipsAsync(invited));
        }
    }

    [Fact]
    public async Task Accepting_while_it_is_sent_again_is_either_good_or_too_late()
    {
        for (var round = 0; round < 10; round++)
        {
            var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync();

            var (accepting, resending) = (invited.AcceptAsync(link), tenant.User.PostAsync($"{tenant.Invitation(invitation)}/resend"));

            Assert.Equal(
                (await accepting).Status == HttpStatusCode.OK ? HttpStatusCode.Conflict : HttpStatusCode.OK, (await resending).Status);
            Assert.Equal((await accepting).Status == HttpStatusCode.OK ? 1 : 0, await fixture.MembershipsAsync(invited));
        }
    }

    [Fact]
    public async Task Nobody_else_answers_an_invitation()
    {
        var (_, invited, _, link) = await fixture.SignUpInvitedAsync();
        var other = await fixture.Api.SignUpAsync();

        (await other.AcceptAsync(link)).RequireProblem(HttpStatusCode.Forbidden, "wrong-recipient");
        (await other.RejectAsync(link)).RequireProblem(HttpStatusCode.Forbidden, "wrong-recipient");
        Assert.Equal(0, await fixture.MembershipsAsync(other));
        (await invited.AcceptAsync(link)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_is_not_verified_answers_nothing()
    {
        var (_, invited, _, link) = await fixture.SignUpInvitedAsync();
        await fixture.AsAdminAsync("update platform.users set email_verified = null where id = $1", invited.UserId);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Forbidden, "wrong-recipient");
    }

    [Fact]
    public async Task Whoever_has_no_account_yet_signs_up_with_the_address_and_accepts()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();
        await tenant.InviteAsync(new { email });
        var link = new { tenant.TenantId, token = await fixture.TokenAsync(email) };
        (await fixture.Api.Anonymous.PostAsync("/auth/sign-up", new { email, password = Password })).Require(HttpStatusCode.Accepted);
        var verification = await new Mailbox(fixture.Api.Anonymous, email).TokenAsync("verify-email");
        var invited = Caller.From(fixture.Api.Client, await fixture.Api.Anonymous.PostAsync("/auth/verify-email", new { token = verification }));

        (await invited.AcceptAsync(link)).Require(HttpStatusCode.OK);

        (await invited.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_declined_invitation_cannot_be_accepted_any_more()
    {
        var (tenant, invited, invitation, link) = await fixture.SignUpInvitedAsync();

        (await invited.RejectAsync(link)).Require(HttpStatusCode.NoContent);
        (await invited.RejectAsync(link)).Require(HttpStatusCode.NoContent);

        (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        Assert.Equal("rejected", (string?)(await tenant.User.GetAsync(tenant.Invitation(invitation))).Body["status"]);
    }

    [Theory]
    [InlineData("status = 'canceled'", "canceled")]
    [InlineData("status = 'rejected'", "declined")]
    [InlineData("created = now() - interval '9 days', expires = now() - interval '1 minute'", "good until")]
    public async Task What_is_over_is_gone_and_says_why(string change, string reason)
    {
        var (_, invited, invitation, link) = await fixture.SignUpInvitedAsync();
        await fixture.AsAdminAsync($"update platform.invitations set {change} where id = $1", Guid.Parse(invitation.Id));

        var accepted = (await invited.AcceptAsync(link)).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        var offered = (await fixture.Api.Anonymous.OfferAsync(link)).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");

        Assert.Contains(reason, (string?)accepted.Body["detail"], StringComparison.Ordinal);
        Assert.Equal((string?)accepted.Body["detail"], (string?)offered.Body["detail"]);
    }

    [Fact]
    public async Task A_token_opens_nothing_in_another_tenant_and_another_token_nothing_in_this()
    {
        var (tenant, invited, _, link) = await fixture.SignUpInvitedAsync();
        var other = await fixture.Api.SignUpWithTenantAsync();
        var token = await fixture.TokenAsync(invited.Email);

        foreach (object wrong in new object[] { new { other.TenantId, token }, new { TenantId = Guid.NewGuid(), token }, new { tenant.TenantId, token = token + "x" } })
        {
            (await invited.AcceptAsync(wrong)).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await invited.RejectAsync(wrong)).RequireProblem(HttpStatusCode.NotFound, "not-found");
            (await fixture.Api.Anonymous.OfferAsync(wrong)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await invited.AcceptAsync(link)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_that_is_incomplete_names_what_is_missing()
    {
        var user = await fixture.Api.SignUpAsync();

        (await user.AcceptAsync(new { })).RequireInvalid("tenantId", "token");
        (await user.RejectAsync(new { tenantId = Guid.NewGuid() })).RequireInvalid("token");
        (await user.OfferAsync(new { token = "x" })).RequireInvalid("tenantId");
        (await fixture.Api.Anonymous.AcceptAsync(new { })).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
