using TenantPlatform.Data.Access;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using static TenantPlatform.ApiService.Tests.Access.Replicas;

namespace TenantPlatform.ApiService.Tests.Access;

/// <summary>What changes in one process is refused by another, which knew it otherwise, in less than a second.</summary>
public sealed class ReplicaTests(ApiFixture fixture, Replicas replicas) : IClassFixture<Replicas>
{
    [Fact]
    public async Task A_session_that_was_signed_out()
    {
        var user = (await fixture.Api.SignUpAsync()).At(replicas.First);
        var elsewhere = user.At(replicas.Second);

        await RequireRefusedAsync(
            () => elsewhere.GetAsync("/auth/me"), () => user.PostAsync("/auth/sign-out"), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_user_who_was_banned() => await RequireUserRefusedAsync(user => user.Banned = true);

    [Fact]
    public async Task A_user_who_was_suspended() => await RequireUserRefusedAsync(user => user.Status = UserStatus.Suspended);

    [Fact]
    public async Task A_user_who_was_deleted() => await RequireUserRefusedAsync(user => user.Deleted = user.Created);

    [Fact]
    public async Task A_member_who_lost_a_role()
    {
        var (tenant, member) = await NewMemberAsync("admin");

        await RequireRefusedAsync(
            () => member.PostAsync(tenant.Todos, new { title = "Water the plants" }), () => ChangeMemberAsync(tenant, member, row => row.Roles = ["viewer"]),
            HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task A_member_whose_role_lost_a_permission()
    {
        var (tenant, member) = await NewMemberAsync("scribe");
        var context = TenantContext.ForTenant(tenant.TenantId, tenant.User.UserId);
        await replicas.ChangeAsync(context, async db => await db.AddAsync(NewRole(tenant), Cancel));

        await RequireRefusedAsync(
            () => member.GetAsync(tenant.Todos), () => replicas.ChangeAsync<Role>(context, role => role.Name == "scribe", role => role.Permissions = []),
            HttpStatusCode.Forbidden, "missing-permission");
    }

    [Fact]
    public async Task A_member_who_was_suspended() => await RequireMemberRefusedAsync(row => row.Status = TenantUserStatus.Suspended);

    [Fact]
    public async Task A_member_who_was_removed() => await RequireMemberRefusedAsync(row => row.Deleted = row.Created);

    [Fact]
    public async Task A_tenant_that_was_suspended() =>
        await RequireTenantRefusedAsync(row => row.Status = TenantStatus.Suspended, HttpStatusCode.Forbidden, "tenant-suspended");

    [Fact]
    public async Task A_tenant_that_was_deleted() =>
        await RequireTenantRefusedAsync(row => row.Deleted = row.Created, HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task A_slug_that_was_given_up()
    {
        var (tenant, member) = await NewMemberAsync("member");

        await RequireRefusedAsync(
            () => member.GetAsync($"/tenants/{tenant.Slug}/todos"),
            () => replicas.ChangeAsync<Tenant>(Staff(tenant.TenantId), row => row.Id == tenant.TenantId, row => row.Slug = $"moved-{tenant.Key}"),
            HttpStatusCode.NotFound, "not-found");
    }

    private static TenantContext Staff(Guid tenantId) => TenantContext.ForPlatform(tenantId, Guid.NewGuid());

    private static Role NewRole(TenantCaller tenant) => new() { TenantId = tenant.TenantId, Name = "scribe", Permissions = ["todos:read"] };

    private async Task RequireUserRefusedAsync(Action<User> change)
    {
        var user = (await fixture.Api.SignUpAsync()).At(replicas.First);

        await RequireRefusedAsync(
            () => user.GetAsync("/auth/me"), () => replicas.ChangeAsync(TenantContext.ForPlatform(Guid.NewGuid()), row => row.Id == user.UserId, change),
            HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private async Task RequireMemberRefusedAsync(Action<TenantUser> change)
    {
        var (tenant, member) = await NewMemberAsync("member");

        await RequireRefusedAsync(
            () => member.GetAsync(tenant.Todos), () => ChangeMemberAsync(tenant, member, change), HttpStatusCode.NotFound, "not-found");
    }

    private async Task RequireTenantRefusedAsync(Action<Tenant> change, HttpStatusCode status, string problem)
    {
        var (tenant, member) = await NewMemberAsync("member");

        await RequireRefusedAsync(
            () => member.GetAsync(tenant.Todos), () => replicas.ChangeAsync(Staff(tenant.TenantId), row => row.Id == tenant.TenantId, change), status, problem);
    }

    private Task ChangeMemberAsync(TenantCaller tenant, Caller member, Action<TenantUser> change) => replicas.ChangeAsync(
        TenantContext.ForTenant(tenant.TenantId, tenant.User.UserId), row => row.UserId == member.UserId, change);

    private async Task<(TenantCaller Tenant, Caller Member)> NewMemberAsync(string role)
    {
        var tenant = await TenantCaller.CreateAsync((await fixture.Api.SignUpAsync()).At(replicas.First));
        var member = (await fixture.Api.SignUpAsync()).At(replicas.Second);
        await fixture.AddMemberAsync(tenant, member, role);
        return (tenant, member);
    }
}
