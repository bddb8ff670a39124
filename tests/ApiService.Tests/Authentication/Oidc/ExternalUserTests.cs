using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Tests.Access;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using static TenantPlatform.ApiService.Tests.Authentication.Oidc.OidcApi;

namespace TenantPlatform.ApiService.Tests.Authentication.Oidc;

/// <summary>Who somebody is here whom the issuer vouches for.</summary>
public sealed class ExternalUserTests(OidcApi oidc, ApiFixture fixture) : IClassFixture<OidcApi>
{
    private const string CountUsers = "select count(*) from platform.users where external_id = $1";

    [Fact]
    public async Task A_verified_person_gets_one_user_at_the_first_sight()
    {
        var subject = NewSubject();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => oidc.GetMeAsync(oidc.Issuer.Token(subject))));

        var ids = answers.Select(answer => answer.Require(HttpStatusCode.OK).Id).Distinct();
        Assert.Equal(Assert.Single(ids), (await oidc.GetMeAsync(oidc.Issuer.Token(subject, email: "other@example.org"))).Id);
        Assert.Equal("Ada", (string?)answers[0].Body["name"]);
        Assert.Equal(1L, await fixture.CountAsAdminAsync(CountUsers + " and email_verified is not null", subject));
    }

    [Fact]
    public async Task They_work_in_a_tenant_like_anybody()
    {
        var tenant = await TenantCaller.CreateAsync(oidc.With(oidc.Issuer.Token(NewSubject())));

        await tenant.AddTodoAsync();

        Assert.Single((await tenant.ListAsync()).Items);
    }

    [Theory]
    [InlineData("email_verified", "false")]
    [InlineData("email_verified", "\"yes\"")]
    [InlineData("email_verified", null)]
    [InlineData("email", null)]
    [InlineData("email", "\"nonsense\"")]
    public async Task Nobody_gets_a_user_without_a_verified_email(string claim, string? value)
    {
        var subject = NewSubject();
        var token = oidc.Issuer.Token(subject, claims: body => body[claim] = value is null ? null : System.Text.Json.Nodes.JsonNode.Parse(value));

        (await oidc.GetMeAsync(token)).RequireProblem(HttpStatusCode.Unauthorized, "unknown-identity");

        Assert.Equal(0L, await fixture.CountAsAdminAsync(CountUsers, subject));
    }

    [Fact]
    public async Task Nobody_gets_a_user_where_that_is_not_allowed()
    {
        await using var strict = Start(fixture, oidc.Issuer, ("AllowProvisioning", "false"));
        var (known, unknown) = (NewSubject(), NewSubject());
        (await oidc.GetMeAsync(oidc.Issuer.Token(known))).Require(HttpStatusCode.OK);

        (await new Caller(strict.Client, oidc.Issuer.Token(known)).GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        (await new Caller(strict.Client, oidc.Issuer.Token(unknown)).GetAsync("/auth/me"))
            .RequireProblem(HttpStatusCode.Unauthorized, "unknown-identity");
    }

    [Fact]
    public async Task A_user_who_has_verified_the_same_email_is_the_person()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set email_verified = now() where id = $1", user.UserId);
        var subject = NewSubject();

        var me = await oidc.GetMeAsync(oidc.Issuer.Token(subject, user.Email.ToUpperInvariant()));

        Assert.Equal(user.UserId, Guid.Parse(me.Require(HttpStatusCode.OK).Id));
        (await oidc.GetMeAsync(oidc.Issuer.Token(NewSubject(), user.Email))).RequireProblem(HttpStatusCode.Unauthorized, "unknown-identity");
    }

    [Fact]
    public async Task A_user_who_has_not_verified_the_email_is_not()
    {
        var user = await fixture.Api.SignUpAsync();
        await fixture.AsAdminAsync("update platform.users set email_verified = null where id = $1", user.UserId);

        (await oidc.GetMeAsync(oidc.Issuer.Token(NewSubject(), user.Email))).RequireProblem(HttpStatusCode.Unauthorized, "unknown-identity");
    }

    [Fact]
    public async Task A_banned_user_is_refused_in_less_than_a_second() =>
        await RequireRefusedAsync(user => user.Banned = true, HttpStatusCode.Forbidden, "account-banned");

    [Fact]
    public async Task A_deleted_user_is_refused_in_less_than_a_second_and_does_not_come_back_as_another() =>
        await RequireRefusedAsync(user => user.Deleted = user.Created, HttpStatusCode.Unauthorized, "unknown-identity");

    [Fact]
    public async Task An_identity_that_was_taken_away_is_refused_in_less_than_a_second() => await RequireRefusedAsync(
        user => (user.ExternalId, user.EmailVerified) = (null, null), HttpStatusCode.Unauthorized, "unknown-identity");

    [Fact]
    public async Task There_is_no_session_of_ours_to_end()
    {
        var user = oidc.With(oidc.Issuer.Token(NewSubject()));

        Assert.Empty((await user.GetAsync("/auth/sessions")).Require(HttpStatusCode.OK).Items);
        (await user.PostAsync("/auth/sign-out")).RequireProblem(HttpStatusCode.Conflict, "no-session");
    }

    private async Task RequireRefusedAsync(Action<User> change, HttpStatusCode status, string problem)
    {
        var subject = NewSubject();
        var token = oidc.Issuer.Token(subject);
        (await oidc.GetMeAsync(token)).Require(HttpStatusCode.OK);

        await Replicas.RequireRefusedAsync(() => oidc.GetMeAsync(token), ChangeAsync, status, problem);

        async Task ChangeAsync()
        {
            await using var db = fixture.Database.Platform.Open(TenantContext.ForAuthentication);
            change(await db.Users.SingleAsync(user => user.ExternalId == subject, Cancel));
            await db.SaveChangesAsync(Cancel);
        }
    }
}
