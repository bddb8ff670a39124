namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class OwnershipTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_last_owner_stays_whatever_is_tried()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("admin");
        var owner = tenant.User;

        (await owner.PostAsync($"{tenant.Path}/leave")).RequireProblem(HttpStatusCode.Conflict, "last-owner");
        (await owner.DeleteAsync(tenant.Member(owner))).RequireProblem(HttpStatusCode.Conflict, "last-owner");
        (await owner.PutAsync(tenant.Member(owner), MemberChange.To("admin"))).RequireProblem(HttpStatusCode.Conflict, "last-owner");

        Assert.Equal(2, (await member.GetAsync(tenant.Members)).Items.Count);
    }

    [Fact]
    public async Task A_suspended_owner_does_not_count()
    {
        var (tenant, other) = await fixture.SignUpTenantWithAsync("owner");
        (await tenant.User.PutAsync(tenant.Member(other), MemberChange.Suspended("owner"))).Require(HttpStatusCode.OK);

        (await tenant.User.PostAsync($"{tenant.Path}/leave")).RequireProblem(HttpStatusCode.Conflict, "last-owner");
    }

    [Fact]
    public async Task One_of_two_owners_may_go()
    {
        var (tenant, other) = await fixture.SignUpTenantWithAsync("owner");

        (await tenant.User.PostAsync($"{tenant.Path}/leave")).Require(HttpStatusCode.NoContent);

        (await other.PostAsync($"{tenant.Path}/leave")).RequireProblem(HttpStatusCode.Conflict, "last-owner");
    }

    [Theory]
    [InlineData(null, "admin")]
    [InlineData("viewer", "viewer")]
    public async Task Ownership_passes_to_a_member_and_the_owner_steps_down(string? keepRole, string kept)
    {
        var (tenant, heir) = await fixture.SignUpTenantWithAsync("member");

        var answer = await TransferAsync(tenant, keepRole is null ? new { userId = heir.UserId } : new { userId = heir.UserId, keepRole });

        answer.Require(HttpStatusCode.NoContent);
        Assert.Equal(["owner", "member"], await RolesAsync(tenant, heir));
        Assert.Equal([kept], await RolesAsync(tenant, tenant.User));
    }

    [Fact]
    public async Task Only_an_active_member_can_inherit()
    {
        var (tenant, suspended) = await fixture.SignUpTenantWithAsync("member");
        await tenant.User.PutAsync(tenant.Member(suspended), MemberChange.Suspended("member"));
        var stranger = await fixture.Api.SignUpAsync();

        foreach (var userId in new[] { suspended.UserId, stranger.UserId, tenant.User.UserId, Guid.Empty })
            (await TransferAsync(tenant, new { userId })).RequireInvalid("userId");

        (await TransferAsync(tenant, new { })).RequireInvalid("userId");
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("ghost")]
    public async Task What_is_kept_must_be_another_role_of_the_tenant(string keepRole)
    {
        var (tenant, heir) = await fixture.SignUpTenantWithAsync("member");

        (await TransferAsync(tenant, new { userId = heir.UserId, keepRole })).RequireInvalid("keepRole");
    }

    [Fact]
    public async Task The_permission_to_transfer_makes_nobody_an_owner()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        await fixture.AsAdminAsync(
            "insert into platform.roles (id, tenant_id, name, permissions) values (gen_random_uuid(), $1, 'regent', '[\"tenant:transfer\"]')", tenant.TenantId);
        var regent = await fixture.SignUpMemberAsync(tenant, "regent");
        var friend = await fixture.SignUpMemberAsync(tenant);

        (await regent.PostAsync($"{tenant.Path}/transfer-ownership", new { userId = friend.UserId })).RequireProblem(HttpStatusCode.Forbidden, "owners-only");
    }

    [Fact]
    public async Task A_viewer_may_leave()
    {
        var (tenant, viewer) = await fixture.SignUpTenantWithAsync("viewer");

        (await viewer.PostAsync($"{tenant.Path}/leave")).Require(HttpStatusCode.NoContent);
    }

    private static Task<Answer> TransferAsync(TenantCaller tenant, object request) => tenant.User.PostAsync($"{tenant.Path}/transfer-ownership", request);

    private static async Task<IEnumerable<string>> RolesAsync(TenantCaller tenant, Caller member) =>
        (await member.GetAsync(tenant.Member(member))).Body["roles"]!.AsArray().Select(role => (string)role!);
}
