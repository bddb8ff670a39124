using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Staff;

public sealed class StaffGrantTests(StaffGrantTests.Migrated migrated) : IClassFixture<StaffGrantTests.Migrated>
{
    [Fact]
    public async Task The_first_admin_is_made_and_written_down()
    {
        var email = await migrated.AddPersonAsync("email_verified = now()");

        (await migrated.GrantAsync(email.ToUpperInvariant())).RequireSuccess();

        Assert.Equal("admin", await migrated.RoleAsync(email));
        Assert.Equal(1L, await migrated.Database.Owner.ScalarAsync<long>(
            $"select count(*) from platform.platform_audit_logs l join platform.users u on u.id::text = l.resource_id where u.email = '{email}' and l.action = 'staff.granted'"));
    }

    [Fact]
    public async Task A_role_that_was_revoked_comes_alive_again_as_another()
    {
        var email = await migrated.AddPersonAsync("email_verified = now()");
        (await migrated.GrantAsync(email, "--role", "support")).RequireSuccess();
        await migrated.Database.Owner.ExecuteAsync(
            $"update platform.platform_users set deleted = now() where user_id = (select id from platform.users where email = '{email}')");

        (await migrated.GrantAsync(email)).RequireSuccess();

        Assert.Equal("admin", await migrated.RoleAsync(email));
    }

    [Theory]
    [InlineData("email_verified = null", "not verified")]
    [InlineData("email_verified = now(), banned = true", "banned")]
    [InlineData("email_verified = now(), deleted = now()", "Nobody has an account")]
    public async Task Who_could_not_sign_in_is_refused_with_a_sentence(string standing, string sentence)
    {
        var email = await migrated.AddPersonAsync(standing);

        var result = await migrated.GrantAsync(email);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Output, StringComparison.Ordinal);
        Assert.Null(await migrated.RoleAsync(email));
    }

    [Theory]
    [InlineData("--role", "king")]
    [InlineData("--force")]
    public async Task An_unknown_option_is_refused(params string[] options) =>
        Assert.Equal(2, (await migrated.GrantAsync("ann@example.org", options)).ExitCode);

    public sealed class Migrated : IAsyncLifetime
    {
        private readonly DatabaseServer server = new();

        public TestDatabase Database { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await server.InitializeAsync();
            Database = server.Database("staff");
            await server.MigrateAsync(Database, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();

        internal Task<WorkerResult> GrantAsync(string email, params string[] options) =>
            WorkerProcess.RunAsync(server.WorkerSettings(Database) with { Arguments = ["staff", "grant", email, .. options] }, Cancel);

        internal async Task<string> AddPersonAsync(string standing)
        {
            var (id, email) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}@example.org");
            await Database.Owner.ExecuteAsync($"insert into platform.users (id, email) values ('{id}', '{email}')");
            await Database.Owner.ExecuteAsync($"update platform.users set {standing} where id = '{id}'");
            return email;
        }

        internal Task<string?> RoleAsync(string email) => Database.Owner.ScalarAsync<string?>(
            $"select max(s.role) from platform.platform_users s join platform.users u on u.id = s.user_id where u.email = '{email}' and s.deleted is null");
    }
}
