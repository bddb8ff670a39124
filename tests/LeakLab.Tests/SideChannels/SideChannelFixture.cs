using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Todos;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.SideChannels;

[CollectionDefinition(nameof(SideChannels))]
public sealed class SideChannels : ICollectionFixture<SideChannelFixture>;

/// <summary>A victim with a secret, and an attacker who can run SQL of their own inside their own valid context.</summary>
public sealed class SideChannelFixture : IAsyncLifetime
{
    /// <summary>Title of the victim's todo, and the beginning of what else of theirs is secret.</summary>
    public const string Secret = "merger with Initech";

    public DatabaseFixture Database { get; } = new();

    public TestTenant Victim { get; private set; } = null!;

    public TestTenant Attacker { get; private set; } = null!;

    /// <summary>Where the victim's todo lies in its table.</summary>
    public string VictimsRow { get; private set; } = "";

    public NpgsqlDataSource Admin { get; private set; } = null!;

    public NpgsqlDataSource Owner { get; private set; } = null!;

    public NpgsqlDataSource App => Database.App.DataSource;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        Admin = NpgsqlDataSource.Create(Database.AdminConnectionString);
        Owner = NpgsqlDataSource.Create(Database.OwnerConnectionString);
        (Victim, Attacker) = (await Database.CreateTenantAsync(), await Database.CreateTenantAsync());
        await using (var db = Database.Tenants.Open(Victim.Context))
        {
            db.Add(new Todo { TenantId = Victim.Id, Title = Secret, CreatedBy = Victim.OwnerId });
            await db.SaveChangesAsync();
        }

        VictimsRow = (await Admin.ReadAsync($"select ctid from pooled.todos where tenant_id = '{Victim.Id}'"))!;
        await Admin.ReadAsync($"update platform.tenants set name = '{Secret}' where id = '{Victim.Id}'");
        await Admin.ReadAsync($"update platform.users set email = 'initech@example.org' where id = '{Victim.OwnerId}'");
        await Admin.ReadAsync(
            $"insert into platform.accounts (id, user_id, provider_id, account_id, password) values (gen_random_uuid(), '{Victim.OwnerId}', 'credential', 'initech', '{Secret}')");
    }

    public async ValueTask DisposeAsync()
    {
        await Admin.DisposeAsync();
        await Owner.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>What SQL injected into a request of the attacker's tenant gives, as text.</summary>
    public Task<string?> InjectAsync(string sql) => App.ReadAsync(Filled(sql), Database.Signer.Sign(Attacker.Context));

    /// <summary>The error that it gives instead.</summary>
    public Task<PostgresException> InjectionErrorAsync(string sql) => Assert.ThrowsAsync<PostgresException>(() => InjectAsync(sql));

    /// <summary>The same outside any tenant, signed in as the attacker.</summary>
    public Task<PostgresException> UserErrorAsync(string sql) => Assert.ThrowsAsync<PostgresException>(
        () => App.ReadAsync(Filled(sql), Database.Signer.Sign(TenantContext.ForUser(Attacker.OwnerId))));

    /// <summary>The error that it gives somebody whom no policy binds: what there would be to see.</summary>
    public Task<PostgresException> OwnersErrorAsync(string sql) => Assert.ThrowsAsync<PostgresException>(() => Owner.ReadAsync(Filled(sql)));

    private string Filled(string sql) => sql
        .Replace("{row}", VictimsRow, StringComparison.Ordinal)
        .Replace("{victim}", Victim.Id.ToString(), StringComparison.Ordinal)
        .Replace("{victims_slug}", Victim.Slug, StringComparison.Ordinal)
        .Replace("{victims_owner}", Victim.OwnerId.ToString(), StringComparison.Ordinal)
        .Replace("{tenant}", Attacker.Id.ToString(), StringComparison.Ordinal)
        .Replace("{user}", Attacker.OwnerId.ToString(), StringComparison.Ordinal);
}
