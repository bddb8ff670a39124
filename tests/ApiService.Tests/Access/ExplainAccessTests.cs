using System.Text.Json.Nodes;

namespace TenantPlatform.ApiService.Tests.Access;

public sealed class ExplainAccessTests(ApiFixture fixture)
{
    [Fact]
    public async Task People_see_what_they_may_do()
    {
        var (tenant, viewer) = await fixture.SignUpTenantWithAsync("viewer");

        var mine = (await viewer.GetAsync($"{tenant.Path}/me/permissions")).Require(HttpStatusCode.OK).Body;
        var owners = (await tenant.User.GetAsync($"{tenant.Path}/me/permissions")).Body;

        Assert.Equal("viewer", (string?)mine["roles"]!.AsArray().Single());
        Assert.Contains("todos:read", Texts(mine["permissions"]));
        Assert.DoesNotContain("todos:write", Texts(mine["permissions"]));
        Assert.Equal("*", Texts(owners["granted"]).Single());
        Assert.Contains("tenant:delete", Texts(owners["permissions"]));
    }

    [Fact]
    public async Task A_permission_is_explained_by_the_role_and_rule_that_imply_it()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");

        var answer = await ExplainAsync(tenant, member, "todos:read");

        Assert.True((bool)answer["allowed"]!);
        Assert.Equal(("active", "member", "todos:write"), ((string?)answer["membership"], (string?)answer["role"], (string?)answer["rule"]));
        Assert.Equal("The role 'member' permits 'todos:write', which implies 'todos:read'.", (string?)answer["because"]);
    }

    [Theory]
    [InlineData("viewer", "todos:write", "None of the roles 'viewer' permits it.")]
    [InlineData("ghost", "todos:read", "None of the roles 'ghost' permits it. There is no role 'ghost' any more.")]
    public async Task A_refusal_says_what_is_missing(string role, string permission, string because)
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync(role);

        var answer = await ExplainAsync(tenant, member, permission);

        Assert.False((bool)answer["allowed"]!);
        Assert.Equal(because, (string?)answer["because"]);
        Assert.Null((string?)answer["rule"]);
    }

    [Fact]
    public async Task A_suspended_membership_decides_before_its_roles()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        await fixture.AsAdminAsync("update platform.tenant_users set status = 'suspended' where user_id = $1", member.UserId);

        var answer = await ExplainAsync(tenant, member, "todos:read");

        Assert.False((bool)answer["allowed"]!);
        Assert.Equal("The membership is suspended, whatever its roles permit.", (string?)answer["because"]);
    }

    [Fact]
    public async Task Strangers_are_explained_as_strangers_whether_they_exist_or_not()
    {
        var tenant = await fixture.Api.SignUpWithTenantAsync();
        var stranger = await fixture.Api.SignUpAsync();

        var answers = new[] { await ExplainAsync(tenant, stranger.UserId, "todos:read"), await ExplainAsync(tenant, Guid.NewGuid(), "todos:read") };

        Assert.All(answers, answer => Assert.Equal("The user is not a member of this tenant.", (string?)answer["because"]));
    }

    [Fact]
    public async Task The_explanation_agrees_with_what_requests_get()
    {
        var (tenant, admin) = await fixture.SignUpTenantWithAsync("admin");

        foreach (var (permission, path) in new[] { ("members:read", "members"), ("roles:read", "roles"), ("todos:read", "todos"), ("tenant:read", "settings") })
        {
            var explained = (bool)(await ExplainAsync(tenant, admin, permission))["allowed"]!;
            Assert.Equal(explained ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await admin.GetAsync($"{tenant.Path}/{path}")).Status);
        }
    }

    [Fact]
    public async Task Questions_are_checked_and_not_for_everybody()
    {
        var (tenant, member) = await fixture.SignUpTenantWithAsync("member");
        var other = await fixture.Api.SignUpWithTenantAsync();

        (await tenant.User.GetAsync($"{tenant.Path}/explain-access?user={member.UserId}&permission=nonsense")).RequireInvalid("permission");
        (await tenant.User.GetAsync($"{tenant.Path}/explain-access?permission=todos:read")).RequireInvalid("user");
        (await member.GetAsync($"{tenant.Path}/explain-access?user={member.UserId}&permission=todos:read")).RequireProblem(HttpStatusCode.Forbidden, "missing-permission");
        (await other.User.GetAsync($"{tenant.Path}/explain-access?user={member.UserId}&permission=todos:read")).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await other.User.GetAsync($"{tenant.Path}/me/permissions")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_catalogue_says_what_there_is_to_permit()
    {
        var items = (await (await fixture.Api.SignUpAsync()).GetAsync("/permissions")).Require(HttpStatusCode.OK).Items;

        Assert.Contains(items, entry => (string?)entry!["key"] == "todos:write" && (string?)entry["module"] == "todos" && (string?)entry["description"] != "");
    }

    private static Task<JsonNode> ExplainAsync(TenantCaller tenant, Caller user, string permission) => ExplainAsync(tenant, user.UserId, permission);

    private static async Task<JsonNode> ExplainAsync(TenantCaller tenant, Guid user, string permission) =>
        (await tenant.User.GetAsync($"{tenant.Path}/explain-access?user={user}&permission={permission}")).Require(HttpStatusCode.OK).Body;

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(entry => (string)entry!);
}
