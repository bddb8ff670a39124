using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests.Tenancy;

public sealed class MemberAdmissionTests(ApiFixture fixture)
{
    private const int FreePlan = 5;

    [Fact]
    public async Task An_admitted_user_is_an_active_member_with_the_roles()
    {
        var (tenant, user) = (await fixture.Database.CreateTenantAsync(Cancel), await fixture.Database.App.CreateUserAsync(Cancel));

        Assert.Equal(Admission.Admitted, await AdmitAsync(tenant, user, TenantRole.Viewer));

        var member = await ReadAsync(tenant, user);
        Assert.Equal((TenantUserStatus.Active, TenantRole.Viewer), (member.Status, member.Roles.Single()));
    }

    [Fact]
    public async Task Whoever_is_a_member_already_keeps_their_roles()
    {
        var tenant = await fixture.Database.CreateTenantAsync(Cancel);

        Assert.Equal(Admission.AlreadyMember, await AdmitAsync(tenant, tenant.OwnerId, TenantRole.Viewer));

        Assert.Equal([TenantRole.Owner], (await ReadAsync(tenant, tenant.OwnerId)).Roles);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_the_old_row_with_new_roles()
    {
        var tenant = await fixture.Database.CreateTenantAsync(Cancel);
        var user = await fixture.Database.App.AddMemberAsync(tenant, Cancel);
        var before = await ReadAsync(tenant, user);
        await fixture.AsAdminAsync("update platform.tenant_users set deleted = now(), status = 'suspended' where user_id = $1", user);

        Assert.Equal(Admission.Admitted, await AdmitAsync(tenant, user, TenantRole.Admin));

        var after = await ReadAsync(tenant, user);
        Assert.Equal((before.Created, TenantUserStatus.Active, TenantRole.Admin), (after.Created, after.Status, after.Roles.Single()));
        Assert.True(after.Joined > before.Joined);
    }

    [Fact]
    public async Task A_suspended_member_is_not_let_in_by_another_way()
    {
        var tenant = await fixture.Database.CreateTenantAsync(Cancel);
        var user = await fixture.Database.App.AddMemberAsync(tenant, Cancel);
        await fixture.AsAdminAsync("update platform.tenant_users set status = 'suspended' where user_id = $1", user);

        Assert.Equal(Admission.Suspended, await AdmitAsync(tenant, user, TenantRole.Admin));
    }

    [Fact]
    public async Task Many_at_once_fill_the_plan_and_not_one_place_more()
    {
        var tenant = await fixture.Database.CreateTenantAsync(Cancel);
        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.Database.App.CreateUserAsync(Cancel)));

        var admissions = await Task.WhenAll(users.Select(user => AdmitAsync(tenant, user, TenantRole.Member)));

        Assert.Equal(FreePlan - 1, admissions.Count(admission => admission is Admission.Admitted));
        Assert.All(admissions, admission => Assert.True(admission is Admission.Admitted or Admission.LimitReached));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"members": 2}""", true)]
    [InlineData("""{"members": 1}""", false)]
    public async Task What_was_agreed_with_the_tenant_replaces_the_plans_limits(string limits, bool admitted)
    {
        var (tenant, user) = (await fixture.Database.CreateTenantAsync(Cancel), await fixture.Database.App.CreateUserAsync(Cancel));
        await fixture.AsAdminAsync($"update platform.tenants set plan_limits = '{limits}' where id = $1", tenant.Id);

        Assert.Equal(admitted ? Admission.Admitted : Admission.LimitReached, await AdmitAsync(tenant, user, TenantRole.Member));
    }

    [Fact]
    public async Task Outside_a_transaction_nobody_is_admitted()
    {
        var tenant = await fixture.Database.CreateTenantAsync(Cancel);
        await using var db = fixture.Database.Platform.Open(tenant.Context);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Admissions.AdmitAsync(db, Guid.NewGuid(), [TenantRole.Member], Cancel));
    }

    private MemberAdmission Admissions => fixture.Api.Services.GetRequiredService<MemberAdmission>();

    private async Task<Admission> AdmitAsync(TestTenant tenant, Guid user, string role)
    {
        await using var db = fixture.Database.Platform.Open(TenantContext.ForTenant(tenant.Id, user));
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var admission = await Admissions.AdmitAsync(db, user, [role], Cancel);
        await db.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
        return admission;
    }

    private async Task<TenantUser> ReadAsync(TestTenant tenant, Guid user)
    {
        await using var db = fixture.Database.Platform.Open(tenant.Context);
        return await db.TenantUsers.SingleAsync(member => member.UserId == user, Cancel);
    }
}
