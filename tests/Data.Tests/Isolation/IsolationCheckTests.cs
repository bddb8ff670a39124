using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.Tests.Isolation;

/// <summary>Breaks isolation in every way we could think of, one at a time, and expects to be told so.</summary>
[Collection(SpareDatabase.Collection)]
public sealed class IsolationCheckTests(SpareDatabase spare)
{
    [Fact]
    public async Task A_migrated_database_has_no_findings()
    {
        foreach (var access in new[] { spare.Database.Admin, spare.Database.Owner, spare.Database.App })
        {
            await using var connection = await OpenAsync(access);
            Assert.Empty(await IsolationCheck.RunAsync(connection, Cancel));
        }
    }

    [Theory]
    [InlineData("alter table pooled.todos disable row level security", "rls-off", "pooled.todos")]
    [InlineData("alter table platform.sessions disable row level security", "rls-off", "platform.sessions")]
    [InlineData("alter table pooled.todos no force row level security", "rls-not-forced", "pooled.todos")]
    [InlineData("create table pooled.notes (tenant_id uuid, id uuid, primary key (tenant_id, id))", "policy-missing,rls-off", "pooled.notes")]
    public Task A_table_without_row_level_security_is_found(string mutation, string ids, string subject) => AssertFoundAsync(mutation, ids, subject);

    [Theory]
    [InlineData("drop policy tenant_isolation on pooled.todos", "policy-missing", "pooled.todos")]
    [InlineData("drop policy auth_only on platform.verifications", "policy-missing", "platform.verifications")]
    [InlineData("alter policy tenant_isolation on pooled.todos using (tenant_id is not null)", "policy-differs", "pooled.todos")]
    [InlineData("alter policy tenant_isolation on pooled.todos with check (tenant_id is not null)", "policy-differs", "pooled.todos")]
    [InlineData("alter policy tenant_isolation on pooled.todos to tp_owner", "policy-missing", "pooled.todos")]
    [InlineData("alter policy tenant_isolation on pooled.todos rename to something_else", "policy-differs", "pooled.todos")]
    [InlineData("create policy more on pooled.todos for select using (title like 'a%')", "policy-differs", "pooled.todos")]
    [InlineData("create policy owner_access on pooled.todos to tp_app using (created_by is not null)", "policy-differs", "pooled.todos")]
    [InlineData("alter policy tenant_isolation on pooled.todos using (true)", "policy-differs", "pooled.todos")]
    [InlineData("alter policy read on platform.users using (true)", "policy-open", "platform.users")]
    [InlineData("alter policy change on platform.users with check (id is not null)", "policy-open", "platform.users")]
    [InlineData("create policy more on platform.sessions for select using (true)", "policy-open", "platform.sessions")]
    public Task A_policy_that_is_not_ours_is_found(string mutation, string ids, string subject) => AssertFoundAsync(mutation, ids, subject);

    [Theory]
    [InlineData("alter role tp_app bypassrls", "app-role-privileged")]
    [InlineData("alter role tp_app createrole", "app-role-privileged")]
    [InlineData("alter role tp_app createdb", "app-role-privileged")]
    [InlineData("create role harmless; grant harmless to tp_app", "app-role-member")]
    public Task A_role_with_too_many_rights_is_found(string mutation, string id) => AssertFoundAsync(mutation, id, "tp_app");

    [Theory]
    [InlineData("alter role tp_app superuser", "app-role-privileged")]
    [InlineData("grant tp_owner to tp_app", "app-role-member")]
    [InlineData("grant pg_read_all_data to tp_app", "app-role-member")]
    [InlineData("alter role tp_app rename to tp_other", "app-role-missing")]
    public async Task A_role_that_may_do_everything_is_found_among_what_follows_from_it(string mutation, string id) =>
        Assert.Contains(await FindAsync(mutation), finding => finding.Id == id && finding.Subject == "tp_app");

    [Theory]
    [InlineData("grant select on tenancy.signing_keys to tp_app", "signing-keys-readable", "tenancy.signing_keys")]
    [InlineData("grant select (inner_pad) on tenancy.signing_keys to public", "signing-keys-readable", "tenancy.signing_keys")]
    [InlineData("grant insert on tenancy.signing_keys to tp_app", "signing-keys-readable", "tenancy.signing_keys")]
    [InlineData("grant truncate on pooled.todos to tp_app", "app-role-truncates", "pooled.todos")]
    [InlineData("grant create on schema public to tp_app", "app-role-creates", "public")]
    [InlineData("grant create on schema pooled to public", "app-role-creates", "pooled")]
    [InlineData("grant create on schema public to tp_app; set local role tp_app; create table public.mine (id uuid); reset role; revoke create on schema public from tp_app", "app-role-owns", "mine")]
    [InlineData("alter table platform.users owner to tp_app", "app-role-owns", "platform.users")]
    public Task A_grant_that_opens_the_guard_is_found(string mutation, string id, string subject) => AssertFoundAsync(mutation, id, subject);

    [Theory]
    [InlineData("alter function tenancy.home() reset search_path", "definer-search-path", "tenancy.home()")]
    [InlineData("create function pooled.peek() returns bigint language sql security definer as 'select count(*) from pooled.todos'", "definer-search-path", "pooled.peek()")]
    [InlineData("grant execute on function tenancy.claim(int) to public", "function-public", "tenancy.claim(integer)")]
    [InlineData("create function tenancy.peek() returns int language sql as 'select 1'", "function-public", "tenancy.peek()")]
    [InlineData("create view pooled.all_todos as select * from pooled.todos", "view-definer", "pooled.all_todos")]
    [InlineData("create view pooled.all_todos with (security_invoker = off) as select * from pooled.todos", "view-definer", "pooled.all_todos")]
    [InlineData("create view public.all_todos as select * from pooled.todos; grant select on public.all_todos to tp_app", "view-definer", "all_todos")]
    [InlineData("create materialized view pooled.all_todos as select * from pooled.todos", "view-materialized", "pooled.all_todos")]
    public Task Code_that_runs_with_its_owners_rights_is_found(string mutation, string id, string subject) => AssertFoundAsync(mutation, id, subject);

    [Theory]
    [InlineData("alter table pooled.todos drop constraint pk_todos; alter table pooled.todos add primary key (id, tenant_id)")]
    [InlineData("alter table pooled.todos drop constraint pk_todos")]
    public Task A_key_that_the_tenant_does_not_lead_is_found(string mutation) => AssertFoundAsync(mutation, "tenant-key", "pooled.todos");

    [Theory]
    [InlineData("create view pooled.my_todos with (security_invoker = true) as select * from pooled.todos")]
    [InlineData("create view pooled.my_todos with (security_invoker = on) as select * from pooled.todos")]
    [InlineData("create policy owner_access on pooled.todos to tp_owner using (true) with check (true)")]
    [InlineData("create table public.unrelated (id uuid)")]
    public async Task What_harms_nobody_is_no_finding(string mutation) => Assert.Empty(await FindAsync(mutation));

    [Fact]
    public async Task Serving_as_anybody_but_the_app_role_is_found()
    {
        await using var app = await OpenAsync(spare.Database.App);
        await using var owner = await OpenAsync(spare.Database.Owner);
        await using var admin = await OpenAsync(spare.Database.Admin);

        Assert.Empty(await IsolationCheck.RunForServiceAsync(app, Cancel));
        foreach (var privileged in new[] { owner, admin })
        {
            var findings = await IsolationCheck.RunForServiceAsync(privileged, Cancel);
            Assert.Equal(["serving-role-owns", "serving-role-privileged"], findings.Select(finding => finding.Id).Order());
        }
    }

    private async Task AssertFoundAsync(string mutation, string ids, string subject)
    {
        var findings = await FindAsync(mutation);

        Assert.Equal(ids.Split(','), findings.Select(finding => finding.Id));
        Assert.All(findings, finding => Assert.Equal(subject, finding.Subject));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Remedy));
    }

    private async Task<IReadOnlyList<IsolationFinding>> FindAsync(string mutation)
    {
        await using var connection = await OpenAsync(spare.Database.Admin);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand(mutation, connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return await IsolationCheck.RunAsync(connection, Cancel);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string access)
    {
        var connection = new NpgsqlConnection(access);
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
