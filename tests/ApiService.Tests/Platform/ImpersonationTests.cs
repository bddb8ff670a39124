using System.Net.Http.Json;

namespace TenantPlatform.ApiService.Tests.Platform;

public sealed class ImpersonationTests(ApiFixture fixture)
{
    [Fact]
    public async Task An_admin_acts_as_a_user_who_sees_it_and_can_end_it()
    {
        var (tenant, admin) = (await fixture.Api.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        var acting = await ImpersonateAsync(admin, tenant.User);

        Assert.Equal(tenant.User.UserId, (Guid)(await acting.GetAsync("/auth/me")).Require(HttpStatusCode.OK).Body["id"]!);
        (await acting.GetAsync(tenant.Todos)).Require(HttpStatusCode.OK);
        var session = (await tenant.User.GetAsync("/auth/sessions")).Items.Single(item => (bool)item!["impersonated"]!)!;
        Assert.True((DateTimeOffset)session["expires"]! < DateTimeOffset.UtcNow.AddMinutes(6));
        Assert.Equal(1, await fixture.AuditedAsync("user.impersonated", tenant.User.UserId));

        (await tenant.User.DeleteAsync($"/auth/sessions/{session["id"]}")).Require(HttpStatusCode.NoContent);
        (await acting.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task What_secures_an_account_stays_its_users_own()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());
        var own = (string)(await user.GetAsync("/auth/sessions")).Items[0]!["id"]!;
        var acting = await ImpersonateAsync(admin, user);

        Answer[] answers =
        [
            await acting.PostAsync("/auth/change-password", new { currentPassword = Password, newPassword = "another horse battery staple" }),
            await acting.PostAsync("/auth/change-email", new { password = Password, newEmail = NewEmail() }),
            await acting.DeleteAsync($"/auth/sessions/{own}"),
            await acting.DeleteAsync("/auth/sessions"),
            await acting.SendAsync(HttpMethod.Delete, "/auth/me", JsonContent.Create(new { password = Password })),
        ];

        Assert.All(answers, answer => answer.RequireProblem(HttpStatusCode.Forbidden, "impersonated"));
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);
        (await acting.PostAsync("/auth/sign-out")).Require(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Nobody_acts_as_staff_nor_as_two_people_at_once()
    {
        var (user, admin, support) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync("support"));
        var acting = await ImpersonateAsync(admin, user);

        (await admin.PostAsync(Path(support), Request)).RequireProblem(HttpStatusCode.Forbidden, "forbidden");
        (await admin.PostAsync(Path(admin), Request)).RequireProblem(HttpStatusCode.Forbidden, "forbidden");
        (await support.PostAsync(Path(user), Request)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await acting.PostAsync(Path(support), Request)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await acting.GetAsync("/platform/tenants")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Acting_ends_when_the_user_becomes_staff()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());
        var acting = await ImpersonateAsync(admin, user);
        (await acting.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        (await admin.PutAsync($"/platform/staff/{user.UserId}", new { role = "support" })).Require(HttpStatusCode.OK);

        (await acting.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await user.GetAsync("/platform/tenants")).Require(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("support")]
    [InlineData(null)]
    public async Task Acting_ends_with_the_role_of_who_acts(string? role)
    {
        var (user, admin, other) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync());
        var acting = await ImpersonateAsync(admin, user);
        (await acting.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        var path = $"/platform/staff/{admin.UserId}";
        Assert.True((int)(role is null ? await other.DeleteAsync(path) : await other.PutAsync(path, new { role })).Status < 300);

        (await acting.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Acting_needs_a_reason_an_end_and_somebody_who_may_sign_in()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());

        (await admin.PostAsync(Path(user), new { reason = "Ticket 1234", minutes = 61 })).RequireInvalid("minutes");
        (await admin.PostAsync(Path(user), new { minutes = 5 })).RequireInvalid("reason");
        (await user.PostAsync(Path(user), Request)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.PostAsync($"/platform/users/{Guid.NewGuid()}/impersonate", Request)).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.PostAsync($"/platform/users/{user.UserId}/ban", new { reason = "Spam" })).Require(HttpStatusCode.OK);
        (await admin.PostAsync(Path(user), Request)).RequireProblem(HttpStatusCode.Forbidden, "account-banned");
    }

    private static object Request => new { reason = "Ticket 1234", minutes = 5 };

    private static string Path(Caller user) => $"/platform/users/{user.UserId}/impersonate";

    private async Task<Caller> ImpersonateAsync(Caller admin, Caller user) => Caller.From(fixture.Api.Client, await admin.PostAsync(Path(user), Request));
}
