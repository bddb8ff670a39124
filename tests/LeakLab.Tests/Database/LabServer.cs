using System.Security.Cryptography;
using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Database;

namespace TenantPlatform.LeakLab.Tests.Database;

/// <summary>
/// A server of the lab's own, because mutations change roles, which a whole server shares; with a migrated database that has
/// an attacker and a victim in it, and copies of that.
/// </summary>
public sealed class LabServer : IAsyncLifetime
{
    private const string TemplateName = "lab_template";

    private readonly SigningKey otherKey = new(RandomNumberGenerator.GetHexString(SigningKey.MinimumSecretLength));

    private PgBouncer? pooler;
    private int copies;

    public DatabaseServer Server { get; } = new();

    /// <summary>Nobody may stay connected to it, or it cannot be copied.</summary>
    public TestDatabase Template => Server.Database(TemplateName);

    public LabSubjects Subjects { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        var template = await Server.CreateDatabaseAsync(TemplateName, CancellationToken.None);
        await Server.MigrateAsync(template, CancellationToken.None);
        await using (var app = new AppAccess(template.App, Server.SigningKey))
            Subjects = await LabSubjects.SeedAsync(app, template.Owner, CancellationToken.None);

        await ExecuteAsync(template, $"""
            insert into tenancy.signing_keys (id, inner_pad, outer_pad)
            values ('{otherKey.Id}', '\x{Convert.ToHexString(otherKey.InnerPad)}', '\x{Convert.ToHexString(otherKey.OuterPad)}')
            """, CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        pooler = await PgBouncer.StartAsync(template, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await (pooler?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Server.DisposeAsync();
    }

    public async Task<TestDatabase> CopyAsync(CancellationToken cancellationToken)
    {
        var name = $"lab_{Interlocked.Increment(ref copies)}";
        await ExecuteAsync(Server.Database("postgres"), $"create database {name} template {TemplateName}", cancellationToken);

        // What belongs to a database, not to what is in it, is not copied; the worker's script of roles says the same.
        await ExecuteAsync(Server.Database("postgres"), $"""
            revoke all on database {name} from public;
            grant connect, create on database {name} to tp_owner;
            grant connect on database {name} to tp_app;
            alter role tp_app in database {name} set search_path = pooled
            """, cancellationToken);
        return Server.Database(name);
    }

    /// <summary>As the superuser.</summary>
    public static async Task ExecuteAsync(TestDatabase database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public LabTarget Target(TestDatabase database) => new(database.App)
    {
        SigningKey = Server.SigningKey,
        OtherKeyId = otherKey.Id,
        Unbound = database.Admin,
        Pooler = pooler?.Through(database.App),
        NoPooler = PgBouncer.Absent,
    };
}

/// <summary>One after the other: the lab and the mutations each want both cores.</summary>
[CollectionDefinition(Name)]
public sealed class LabServerTests : ICollectionFixture<LabServer>
{
    public const string Name = "database lab";
}
