namespace TenantPlatform.ApiService.Tests.Platform;

public sealed class StaffTests(ApiFixture fixture)
{
    [Fact]
    public async Task An_admin_grants_changes_and_revokes_roles()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());
        var path = $"/platform/staff/{user.UserId}";

        (await admin.PutAsync(path, new { role = "support" })).Require(HttpStatusCode.OK);
        (await user.GetAsync("/platform/staff")).Require(HttpStatusCode.OK);
        (await user.PutAsync(path, new { role = "admin" })).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await user.DeleteAsync(path)).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");

        (await admin.PutAsync(path, new { role = "admin" })).Require(HttpStatusCode.OK);
        (await user.PutAsync(path, new { role = "admin" })).Require(HttpStatusCode.OK);

        (await admin.DeleteAsync(path)).Require(HttpStatusCode.NoContent);
        (await user.GetAsync("/platform/staff")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.PutAsync(path, new { role = "support" })).Require(HttpStatusCode.OK);
        (await user.GetAsync("/platform/staff")).Require(HttpStatusCode.OK);
        Assert.Equal((4, 1), (await fixture.AuditedAsync("staff.granted", user.UserId), await fixture.AuditedAsync("staff.revoked", user.UserId)));
    }

    [Fact]
    public async Task Only_known_and_verified_people_become_staff()
    {
        var (user, admin) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync());
        await fixture.AsAdminAsync("update platform.users set email_verified = null where id = $1", user.UserId);

        (await admin.PutAsync($"/platform/staff/{user.UserId}", new { role = "support" })).RequireInvalid("userId");
        (await admin.PutAsync($"/platform/staff/{admin.UserId}", new { role = "king" })).RequireInvalid("role");
        (await admin.PutAsync($"/platform/staff/{Guid.NewGuid()}", new { role = "support" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.DeleteAsync($"/platform/staff/{user.UserId}")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await user.PutAsync($"/platform/staff/{user.UserId}", new { role = "admin" })).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_audit_log_tells_who_did_what_to_whom_and_is_for_staff()
    {
        var (user, admin, support) = (await fixture.Api.SignUpAsync(), await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync("support"));
        (await admin.PostAsync($"/platform/users/{user.UserId}/ban", new { reason = "Spam" })).Require(HttpStatusCode.OK);
        (await admin.PostAsync($"/platform/users/{user.UserId}/unban")).Require(HttpStatusCode.OK);

        var first = (await support.GetAsync($"/platform/audit?actor={admin.UserId}&limit=1")).Require(HttpStatusCode.OK);
        var second = (await support.GetAsync($"/platform/audit?actor={admin.UserId}&limit=1&cursor={first.NextCursor}")).Require(HttpStatusCode.OK);

        Assert.Equal(["user.unbanned", "user.banned"], first.Items.Concat(second.Items).Select(item => (string)item!["action"]!));
        Assert.Equal("Spam", (string?)second.Items[0]!["details"]!["reason"]);
        Assert.Equal(2, (await support.GetAsync($"/platform/audit?resourceType=user&resource={user.UserId}")).Items.Count);
        (await support.GetAsync("/platform/audit?resourceType=planet")).RequireInvalid("resourceType");
        (await (await fixture.Api.SignUpAsync()).GetAsync("/platform/audit")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }
}
