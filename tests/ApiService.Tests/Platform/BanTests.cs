namespace TenantPlatform.ApiService.Tests.Platform;

public sealed class BanTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_banned_user_is_out_at_once_and_an_unbanned_one_signs_in_again()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());
        (await user.GetAsync("/auth/me")).Require(HttpStatusCode.OK);

        var banned = (await admin.PostAsync(Ban(user), new { reason = "Spam" })).Require(HttpStatusCode.OK);

        Assert.True((bool)banned.Body["banned"]!);
        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await SignInAsync(user)).RequireProblem(HttpStatusCode.Forbidden, "account-banned");

        (await admin.PostAsync($"/platform/users/{user.UserId}/unban")).Require(HttpStatusCode.OK);
        (await user.GetAsync("/auth/me")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await SignInAsync(user)).Require(HttpStatusCode.OK);
        Assert.Equal((1, 1), (await fixture.AuditedAsync("user.banned", user.UserId), await fixture.AuditedAsync("user.unbanned", user.UserId)));
    }

    [Fact]
    public async Task A_ban_may_end_by_itself_but_not_before_it_begins()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());

        (await admin.PostAsync(Ban(user), new { reason = "Spam", until = DateTimeOffset.UtcNow.AddMinutes(-1) })).RequireInvalid("until");
        (await admin.PostAsync(Ban(user), new { until = DateTimeOffset.UtcNow.AddDays(1) })).RequireInvalid("reason");
        (await admin.PostAsync(Ban(user), new { reason = "Spam", until = DateTimeOffset.UtcNow.AddDays(1) })).Require(HttpStatusCode.OK);

        await fixture.AsAdminAsync("update platform.users set ban_expires = now() - interval '1 s' where id = $1", user.UserId);
        (await SignInAsync(user)).Require(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Admins_ban_support_but_neither_admins_nor_themselves()
    {
        var (admin, other, support) = (await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync("support"));

        (await admin.PostAsync(Ban(other), new { reason = "Spam" })).RequireProblem(HttpStatusCode.Forbidden, "forbidden");
        (await admin.PostAsync(Ban(admin), new { reason = "Spam" })).RequireProblem(HttpStatusCode.Forbidden, "forbidden");
        (await support.PostAsync(Ban(admin), new { reason = "Spam" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await admin.PostAsync(Ban(support), new { reason = "Spam" })).Require(HttpStatusCode.OK);

        (await support.GetAsync("/platform/tenants")).RequireProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task To_others_and_for_nobody_there_is_nothing_to_ban()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());

        (await user.PostAsync(Ban(admin), new { reason = "Spam" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.PostAsync($"/platform/users/{Guid.NewGuid()}/ban", new { reason = "Spam" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.PostAsync($"/platform/users/{Guid.NewGuid()}/unban")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Support_finds_users_by_their_email_and_sees_no_secrets()
    {
        var (user, support) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync("support"));

        var found = (await support.GetAsync($"/platform/users?q={user.Email[..20]}")).Require(HttpStatusCode.OK);

        Assert.Equal([user.UserId], found.Items.Select(item => (Guid)item!["id"]!));
        Assert.DoesNotContain("hash", found.Text, StringComparison.OrdinalIgnoreCase);
        (await support.GetAsync($"/platform/users/{user.UserId}")).Require(HttpStatusCode.OK);
        (await support.GetAsync($"/platform/users/{Guid.NewGuid()}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await support.GetAsync("/platform/users?limit=0")).RequireInvalid("limit");
        (await user.GetAsync("/platform/users")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static string Ban(Caller user) => $"/platform/users/{user.UserId}/ban";

    private static Task<Answer> SignInAsync(Caller user) =>
        user.With(null).PostAsync("/auth/sign-in", new { email = user.Email, password = Password });
}
