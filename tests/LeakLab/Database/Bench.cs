using Npgsql;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Database;

/// <summary>
/// What one worker of the lab attacks with. Pools hold one connection that is never reset, so that each unit of work finds
/// whatever the one before left behind.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string NoKey = "Without a signing key nobody can be entered.";

    private readonly LabTarget target;
    private readonly SemaphoreSlim victimWrites;
    private readonly Lazy<AppAccess> app;
    private readonly Lazy<AppAccess>? bypass;
    private readonly Lazy<AppAccess>? pooler;

    public Bench(LabTarget target, SemaphoreSlim victimWrites)
    {
        this.target = target;
        this.victimWrites = victimWrites;
        Mint = target.SigningKey is { } secret ? new ContextMint(secret) { OtherKeyId = target.OtherKeyId } : null;
        Statements = new StatementRunner(keep: !target.IsReadOnly);
        Ef = new EfRunner(keep: !target.IsReadOnly);
        Raw = NpgsqlDataSource.Create(OneConnection(target.App));
        Watcher = NpgsqlDataSource.Create(OneConnection(target.App));
        Unbound = target.Unbound is null ? null : NpgsqlDataSource.Create(OneConnection(target.Unbound));
        app = new(() => Access(OneConnection(target.App)));
        bypass = target.Unbound is null ? null : new(() => Access(OneConnection(target.Unbound)));
        pooler = target.Pooler is null ? null : new(() => Access(target.Pooler));
    }

    /// <summary>Null without a signing key.</summary>
    public ContextMint? Mint { get; }

    public StatementRunner Statements { get; }

    public EfRunner Ef { get; }

    /// <summary>The product's registrations over one connection of tp_app.</summary>
    public AppAccess App => app.Value;

    /// <summary>Another connection of tp_app, without EF.</summary>
    public NpgsqlDataSource Raw { get; }

    /// <summary>A third one, to look at the others.</summary>
    public NpgsqlDataSource Watcher { get; }

    /// <summary>A connection that policies do not bind; null in read-only mode.</summary>
    public NpgsqlDataSource? Unbound { get; }

    /// <summary>The product's registrations over a connection that policies do not bind: only the query filter is left.</summary>
    public AppAccess? Bypass => bypass?.Value;

    public AppAccess? Pooler => pooler?.Value;

    public string NoPooler => target.NoPooler;

    public static TenancyDbContext Open(AppAccess app, GuardedTable table, TenantContext context) =>
        table.Table.Schema is null ? app.Tenants.Open(context) : app.Platform.Open(context);

    /// <summary>
    /// What the victim does with its own rows is done by one worker at a time: cascades over the same rows from two sides would
    /// be a deadlock of the lab's own making.
    /// </summary>
    public async Task AsVictimAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await victimWrites.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            victimWrites.Release();
        }
    }

    /// <summary>If not, TRUNCATE is refused before it locks anything.</summary>
    public async Task<bool> MayTruncateAsync(Subject subject, CancellationToken cancellationToken)
    {
        await using var command = Raw.CreateCommand($"select has_table_privilege('{subject.Name}', 'truncate')");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var used in new[] { app, bypass, pooler }.Where(access => access is { IsValueCreated: true }))
            await used!.Value.DisposeAsync();

        await Raw.DisposeAsync();
        await Watcher.DisposeAsync();
        await (Unbound?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private AppAccess Access(string connectionString) =>
        new(connectionString, target.SigningKey ?? new string('0', SigningKey.MinimumSecretLength), target.Configure);

    private static string OneConnection(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 1, NoResetOnClose = true }.ConnectionString;
}
