using System.Diagnostics;
using TenantPlatform.ApiService.Tests.Access;
using TenantPlatform.ApiService.Tests.Platform;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>Tenants with a schema of their own, through the API. One class, as each provisioner works off the whole queue.</summary>
public sealed class DedicatedTenantTests(ApiFixture fixture, Replicas replicas) : IClassFixture<Replicas>
{
    private static readonly object Todo = new { title = "Water the plants" };

    [Fact]
    public async Task A_dedicated_tenant_is_accepted_and_shows_that_it_is_being_set_up()
    {
        var user = await fixture.Api.SignUpAsync();

        var answer = (await user.PostAsync("/tenants", new { name = "Acme", placement = "dedicated" })).Require(HttpStatusCode.Accepted);

        Assert.Equal(("provisioning", "dedicated"), ((string?)answer.Body["status"], (string?)answer.Body["placement"]));
        var read = (await user.GetAsync(answer.Headers.Location!.ToString())).Require(HttpStatusCode.OK);
        Assert.Equal(answer.Text, read.Text);
        Assert.Equal("provisioning", (string?)(await user.GetAsync("/tenants")).Items.Single()!["status"]);
    }

    [Fact]
    public async Task Until_it_is_set_up_it_says_when_to_come_again()
    {
        var tenant = await CreateAsync(fixture.Api);
        var answers = await Task.WhenAll(
            tenant.ListAsync(), tenant.User.PostAsync(tenant.Todos, Todo), tenant.User.GetAsync(tenant.Members), tenant.User.GetAsync($"{tenant.Path}/settings"),
            tenant.User.PutAsync(tenant.Path, new { name = "Renamed", slug = tenant.Slug }), tenant.User.DeleteAsync(tenant.Path),
            tenant.User.PostAsync($"{tenant.Path}/leave"), tenant.User.GetAsync($"{tenant.Path}/me/permissions"));

        Assert.All(answers, answer =>
        {
            answer.RequireProblem(HttpStatusCode.Conflict, "tenant-provisioning");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        });
    }

    [Fact]
    public async Task Nobody_elses_tenant_says_that_it_is_being_set_up()
    {
        var (tenant, stranger) = (await CreateAsync(fixture.Api), await fixture.Api.SignUpAsync());

        (await stranger.GetAsync(tenant.Todos)).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_platforms_staff_comes_in_when_it_is_set_up()
    {
        var (tenant, admin) = (await CreateAsync(fixture.Api), await fixture.SignUpStaffAsync());
        (await admin.EnterAsync(tenant)).RequireProblem(HttpStatusCode.Conflict, "tenant-provisioning");

        await ProvisionAsync();

        (await admin.EnterAsync(tenant)).Require(HttpStatusCode.Created);
        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>(
            $"select count(*) from tenant_{tenant.Key}.audit_logs where tenant_id = $1 and action = 'tenant.entered'", tenant.TenantId));
    }

    [Fact]
    public async Task Every_replica_lets_people_in_within_a_second()
    {
        var here = await CreateAsync(replicas.First);
        var there = here with { User = here.User.At(replicas.Second) };
        (await here.ListAsync()).RequireProblem(HttpStatusCode.Conflict, "tenant-provisioning");
        (await there.ListAsync()).RequireProblem(HttpStatusCode.Conflict, "tenant-provisioning");

        await ProvisionAsync();
        var since = Stopwatch.StartNew();

        foreach (var tenant in (TenantCaller[])[here, there])
        {
            while ((await tenant.ListAsync()).Status is HttpStatusCode.Conflict)
                Assert.True(since.Elapsed < Replicas.Limit, $"Still refused after {since.Elapsed}.");

            await tenant.AddTodoAsync();
        }

        Assert.Equal(2, (await there.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task Two_dedicated_tenants_are_kept_apart()
    {
        var (acme, globex) = (await CreateAsync(fixture.Api), await CreateAsync(fixture.Api));
        await ProvisionAsync();
        fixture.Api.Forget();

        var (ours, theirs) = (await acme.AddTodoAsync(), await globex.AddTodoAsync());

        Assert.Equal([ours.Id], (await acme.ListAsync()).Items.Select(todo => (string)todo!["id"]!));
        (await acme.User.GetAsync(acme.Todo(theirs.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await acme.User.GetAsync(globex.Todo(theirs.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await globex.User.DeleteAsync(globex.Todo(ours.Id))).RequireProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(1, await fixture.ReadAsAdminAsync<long>($"select count(*) from tenant_{acme.Key}.todos where tenant_id = $1", acme.TenantId));
    }

    [Fact]
    public async Task It_lives_like_any_other()
    {
        var tenant = await CreateAsync(fixture.Api);
        await ProvisionAsync();
        fixture.Api.Forget();
        var member = await fixture.SignUpMemberAsync(tenant);
        var todo = await tenant.AddTodoAsync(new { title = "Water the plants", assignedTo = member.UserId });

        (await tenant.User.DeleteAsync(tenant.Member(member))).Require(HttpStatusCode.NoContent);
        Assert.Null((string?)(await tenant.User.GetAsync(tenant.Todo(todo.Id))).Body["assignedTo"]);
        (await tenant.User.DeleteAsync(tenant.Path)).Require(HttpStatusCode.NoContent);
        (await tenant.ListAsync()).RequireProblem(HttpStatusCode.NotFound, "not-found");
        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { })).Require(HttpStatusCode.OK);

        Assert.Equal([todo.Id], (await tenant.ListAsync()).Items.Select(row => (string)row!["id"]!));
    }

    [Fact]
    public async Task One_that_was_deleted_while_it_was_set_up_is_not_restored()
    {
        var tenant = await CreateAsync(fixture.Api);
        await fixture.AsAdminAsync("update platform.tenants set deleted = now() where id = $1", tenant.TenantId);

        (await tenant.User.PostAsync($"{tenant.Path}/restore", new { })).RequireProblem(HttpStatusCode.Conflict, "tenant-provisioning");
    }

    [Fact]
    public async Task Where_it_is_not_offered_it_is_refused()
    {
        await using var api = fixture.Start(new Dictionary<string, string> { ["Tenants:AllowDedicated"] = "false" });
        var user = (await fixture.Api.SignUpAsync()).At(api);

        (await user.PostAsync("/tenants", new { name = "Acme", placement = "dedicated" })).RequireProblem(HttpStatusCode.Forbidden, "dedicated-not-offered");
        (await user.PostAsync("/tenants", new { name = "Acme", placement = "pooled" })).Require(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_placement_is_refused() =>
        (await (await fixture.Api.SignUpAsync()).PostAsync("/tenants", new { name = "Acme", placement = "moon" })).RequireInvalid("placement");

    private async Task<TenantCaller> CreateAsync(Api api)
    {
        var user = (await fixture.Api.SignUpAsync()).At(api);
        var answer = (await user.PostAsync("/tenants", new { name = "Acme", placement = "dedicated" })).Require(HttpStatusCode.Accepted);
        return new TenantCaller(user, Guid.Parse(answer.Id), (string)answer.Body["key"]!, (string)answer.Body["slug"]!);
    }

    private async Task ProvisionAsync()
    {
        var server = fixture.Database.Server;
        var settings = server.WorkerSettings(server.Database("tenantplatform")) with { Arguments = ["provision"] };
        (await WorkerProcess.RunAsync(settings, Cancel)).RequireSuccess();
    }
}
