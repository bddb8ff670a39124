using TenantPlatform.ApiService.Tests.Access;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using static TenantPlatform.ApiService.Tests.Access.Replicas;

namespace TenantPlatform.ApiService.Tests.Platform;

/// <summary>What ends in one process is refused by another, which knew it otherwise, in less than a second.</summary>
public sealed class StaffReplicaTests(ApiFixture fixture, Replicas replicas) : IClassFixture<Replicas>
{
    [Fact]
    public async Task A_role_that_was_revoked()
    {
        var (admin, support) = (await fixture.SignUpStaffAsync(), await fixture.SignUpStaffAsync("support"));
        var (here, elsewhere) = (On(replicas.First, admin), On(replicas.Second, support));

        await RequireRefusedAsync(
            () => elsewhere.GetAsync("/platform/tenants"),
            async () => (await here.DeleteAsync($"/platform/staff/{support.UserId}")).Require(HttpStatusCode.NoContent),
            HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_entry_whose_maker_was_revoked()
    {
        var (tenant, support) = (await replicas.First.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync("support"));
        (await support.EnterAsync(tenant)).Require(HttpStatusCode.Created);

        await RequireRefusedAsync(
            () => On(replicas.Second, support).GetAsync(tenant.Todos),
            () => replicas.ChangeAsync<PlatformUser>(
                TenantContext.ForPlatform(Guid.NewGuid()), row => row.UserId == support.UserId, row => row.Deleted = row.Created),
            HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_entry_that_was_left()
    {
        var (tenant, admin) = (await replicas.First.SignUpWithTenantAsync(), await fixture.SignUpStaffAsync());
        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);

        await RequireRefusedAsync(
            () => On(replicas.Second, admin).GetAsync(tenant.Todos),
            () => On(replicas.First, admin).DeleteAsync($"/platform/tenants/{tenant.TenantId}/entries/current"),
            HttpStatusCode.NotFound, "not-found");
    }

    private static Caller On(Api api, Caller caller) => new(api.Client, caller.Token, caller.UserId, caller.Email);
}
