using TenantPlatform.ApiService.Tests.Notifications;

namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>What those do who invite.</summary>
public sealed class InvitationTests(ApiFixture fixture)
{
    [Fact]
    public async Task An_invitation_is_pending_for_as_long_as_the_tenant_says_and_shows_no_token()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set settings = '{\"invitationDays\": 3, \"defaultRole\": \"viewer\"}' where id = $1", tenant.TenantId);
        var email = NewEmail();

        var created = await tenant.InviteAsync(new { email = $" {email.ToUpperInvariant()} " });

        var days = (DateTimeOffset)created.Body["expires"]! - (DateTimeOffset)created.Body["created"]!;
        Assert.Equal((email, "viewer", "pending", 3), ((string?)created.Body["email"], (string?)created.Body["role"], (string?)created.Body["status"], (int)Math.Round(days.TotalDays)));
        Assert.Equal(created.Text, (await tenant.User.GetAsync(created.Headers.Location!.ToString())).Require(HttpStatusCode.OK).Text);
        Assert.DoesNotContain(await fixture.TokenAsync(email), created.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_names_the_tenant_and_who_invites_on_one_line_each()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set name = E'Ann\n\nClick here' where id = $1", user.UserId);
        var tenant = await TenantCaller.CreateAsync(user);
        var email = NewEmail();

        await tenant.InviteAsync(new { email });

        var message = await new Mailbox(fixture.Api.Anonymous, email).AwaitAsync("invitation");
        Assert.StartsWith("Ann Click here invites you to join \"Tenant ", (string?)message["text"], StringComparison.Ordinal);
        Assert.Contains("/invitations/accept", (string?)message["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "email")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"email":"a@example.org","role":""}""", "role")]
    [InlineData("""{"email":"a@example.org","role":"king"}""", "role")]
    [InlineData("""{"email":"a@example.org","teamId":"019a0000-0000-7000-8000-000000000000"}""", "teamId")]
    [InlineData("""{"email":"a@example.org","onboardingPathId":"019a0000-0000-7000-8000-000000000000"}""", "onboardingPathId")]
    public async Task Invalid_invitations_name_the_field(string body, string field)
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.PostTextAsync(tenant.Invitations, body)).RequireInvalid(field);
    }

    [Fact]
    public async Task Another_tenants_team_and_path_are_no_places_to_invite_to()
    {
        var (tenant, other) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.Api.SignUpWithTenantAsync());
        var team = await other.User.PostAsync(other.Teams, new { name = "Builders" });
        var path = Guid.CreateVersion7();
        await fixture.AsAdminAsync("insert into pooled.onboarding_paths (tenant_id, id, name) values ($1, $2, 'Welcome')", other.TenantId, path);

        (await tenant.User.PostAsync(tenant.Invitations, new { email = NewEmail(), teamId = team.Id })).RequireInvalid("teamId");
        (await tenant.User.PostAsync(tenant.Invitations, new { email = NewEmail(), onboardingPathId = path })).RequireInvalid("onboardingPathId");
        (await other.User.PostAsync(other.Invitations, new { email = NewEmail(), teamId = team.Id, onboardingPathId = path })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Only_addresses_of_the_tenants_domains_are_invited()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync("update platform.tenants set settings = '{\"emailDomains\": [\"Example.com\"]}' where id = $1", tenant.TenantId);

        (await tenant.User.PostAsync(tenant.Invitations, new { email = "ann@example.org" })).RequireInvalid("email");
        (await tenant.User.PostAsync(tenant.Invitations, new { email = "example.com@evil.example.com" })).RequireInvalid("email");
        (await tenant.User.PostAsync(tenant.Invitations, new { email = "ann@example.com" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_member_is_not_invited_and_a_former_one_is()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        (await tenant.User.PostAsync(tenant.Invitations, new { email = member.Email })).RequireProblem(HttpStatusCode.Conflict, "already-member");
        await tenant.User.DeleteAsync(tenant.Member(member));
        (await tenant.User.PostAsync(tenant.Invitations, new { email = member.Email })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_pending_invitation_is_sent_again_and_not_made_twice()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();
        await tenant.InviteAsync(new { email });

        var again = await tenant.User.PostAsync(tenant.Invitations, new { email });

        again.RequireInvalid("email");
        Assert.Contains("send it again", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_invitation_is_replaced_by_a_new_one()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();
        var expired = await tenant.InviteAsync(new { email });
        await fixture.ExpireAsync(expired);
        Assert.Equal("expired", (string?)(await tenant.User.GetAsync(tenant.Invitation(expired))).Body["status"]);

        var replacement = await tenant.InviteAsync(new { email });

        Assert.NotEqual(expired.Id, replacement.Id);
        Assert.Equal("canceled", (string?)(await tenant.User.GetAsync(tenant.Invitation(expired))).Body["status"]);
    }

    [Fact]
    public async Task Sixteen_who_invite_the_same_person_at_once_make_one_invitation()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => tenant.User.PostAsync(tenant.Invitations, new { email })));

        var created = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer != created), answer => answer.RequireInvalid("email"));
    }

    [Fact]
    public async Task Sending_again_makes_a_new_token_that_is_good_as_long_as_a_new_invitation()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();
        var invitation = await tenant.InviteAsync(new { email });
        var first = await fixture.TokenAsync(email);
        await fixture.ExpireAsync(invitation);

        var resent = await tenant.User.PostAsync($"{tenant.Invitation(invitation)}/resend");

        Assert.Equal("pending", (string?)resent.Require(HttpStatusCode.OK).Body["status"]);
        Assert.Equal((DateTimeOffset)resent.Body["updated"]! + TimeSpan.FromDays(7), (DateTimeOffset)resent.Body["expires"]!, TimeSpan.FromSeconds(5));
        (await fixture.Api.Anonymous.PostAsync("/invitations/offer", new { tenant.TenantId, token = first })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await fixture.Api.Anonymous.PostAsync("/invitations/offer", new { tenant.TenantId, token = await fixture.TokenAsync(email, 2) })).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_canceled_invitation_opens_nothing_and_frees_the_address()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var email = NewEmail();
        var invitation = await tenant.InviteAsync(new { email });

        (await tenant.User.DeleteAsync(tenant.Invitation(invitation))).Require(HttpStatusCode.NoContent);
        (await tenant.User.DeleteAsync(tenant.Invitation(invitation))).Require(HttpStatusCode.NoContent);

        (await tenant.User.PostAsync($"{tenant.Invitation(invitation)}/resend")).RequireProblem(HttpStatusCode.Conflict, "invitation-gone");
        await tenant.InviteAsync(new { email });
    }
}
