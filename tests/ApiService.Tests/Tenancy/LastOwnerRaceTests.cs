namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>However many ways out owners take at once, somebody owns the tenant in the end.</summary>
public sealed class LastOwnerRaceTests(ApiFixture fixture)
{
    private const string ActiveOwners =
        "select count(*) from platform.tenant_users where tenant_id = $1 and status = 'active' and deleted is null and 'owner' = any (roles)";

    [Fact]
    public async Task Of_the_last_two_owners_leaving_a_hundred_times_one_remains()
    {
        var (tenant, other) = await fixture.SignUpTenantWithAsync("owner");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            (number % 2 == 0 ? tenant.User : other).PostAsync($"{tenant.Path}/leave")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.Conflict);
        Assert.All(answers, answer => Assert.True(
            answer.Status is HttpStatusCode.NoContent or HttpStatusCode.NotFound or HttpStatusCode.Conflict, answer.Text));
        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>(ActiveOwners, tenant.TenantId));
    }

    [Fact]
    public async Task Owners_who_leave_and_turn_on_each_other_at_once_leave_an_owner()
    {
        for (var round = 0; round < 10; round++)
        {
            var (tenant, other) = await fixture.SignUpTenantWithAsync("owner");
            var third = await fixture.SignUpMemberAsync(tenant, "owner");
            Caller[] owners = [tenant.User, other, third];

            var answers = await Task.WhenAll(owners.SelectMany((owner, index) => WaysOut(tenant, owner, owners[(index + 1) % owners.Length])));

            Assert.All(answers, answer => Assert.True((int)answer.Status < 500, answer.Text));
            Assert.InRange(await fixture.ReadAsAdminAsync<long>(ActiveOwners, tenant.TenantId), 1, owners.Length);
        }
    }

    private static IEnumerable<Task<Answer>> WaysOut(TenantCaller tenant, Caller owner, Caller other) =>
    [
        owner.PostAsync($"{tenant.Path}/leave"),
        owner.PutAsync(tenant.Member(owner), MemberChange.To("viewer")),
        owner.PutAsync(tenant.Member(other), MemberChange.To("admin")),
        owner.PutAsync(tenant.Member(other), MemberChange.Suspended("owner")),
        owner.DeleteAsync(tenant.Member(other)),
        owner.PostAsync($"{tenant.Path}/transfer-ownership", new { userId = other.UserId }),
    ];
}
