using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Fixtures;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>Many tenants over few connections: runs interleavings and remembers what must not have happened.</summary>
internal sealed class Arena : IAsyncDisposable
{
    public const int TenantCount = 24;

    // More than there are connections, so that every connection goes from tenant to tenant.
    private const int Lanes = 6;
    private const int Connections = 4;
    private const int ProbeEvery = 4;
    private const int MostAttempts = 20;

    private readonly NpgsqlDataSource admin;
    private readonly string application = $"interleavings {Guid.NewGuid()}";
    private readonly List<TenantModel> tenants = [];

    public Arena(TestDatabase database, string signingKey, bool isReset)
    {
        admin = NpgsqlDataSource.Create(database.Admin);
        var access = new NpgsqlConnectionStringBuilder(database.App)
        {
            MaxPoolSize = Connections,
            NoResetOnClose = !isReset,
            ApplicationName = application,
            // Waits for the server's answer to a cancellation however busy the machine is: then the outcome is settled when it is read.
            CancellationTimeout = 0,
        };
        App = new AppAccess(access.ConnectionString, signingKey);
        OpenTenant = App.Tenants.Open;
    }

    public AppAccess App { get; }

    public Tally Tally { get; } = new();

    /// <summary>To be broken on purpose.</summary>
    public Func<TenantContext, TenantDbContext> OpenTenant { get; set; }

    /// <summary>Whoever holds one connection and wants another: two of them could starve each other.</summary>
    public SemaphoreSlim SecondConnection { get; } = new(1);

    public async Task CreateTenantsAsync(CancellationToken cancellationToken)
    {
        while (tenants.Count < TenantCount)
            tenants.Add(new TenantModel(await App.CreateTenantAsync(cancellationToken)));
    }

    /// <returns>Whether nothing was found.</returns>
    public async Task<bool> RunAsync(Interleaving interleaving)
    {
        Tally.Findings.Clear();
        await Snapshot.ResetAsync(admin, tenants);
        await Task.WhenAll(interleaving.Steps.GroupBy(step => step.Tenant % Lanes).Select(lane => Task.Run(() => RunLaneAsync(lane))));
        await UntilAnsweredAsync(() => ConnectionProbe.ProbeAsync(App.DataSource, Connections, Tally));
        await Snapshot.CompareAsync(admin, tenants, Tally);
        return Tally.Findings.IsEmpty;
    }

    /// <summary>A tenant for whom nobody else is at work while this step is.</summary>
    public TenantModel LaneMate(TenantModel tenant, int number) =>
        tenants[(tenants.IndexOf(tenant) + (Lanes * (1 + (number % ((TenantCount / Lanes) - 1))))) % TenantCount];

    public async Task KillAnyConnectionAsync()
    {
        await using var kill = admin.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 order by random() limit 1");
        kill.Parameters.AddWithValue(application);
        await kill.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await admin.DisposeAsync();
        SecondConnection.Dispose();
    }

    private async Task RunLaneAsync(IEnumerable<Step> lane)
    {
        foreach (var step in lane)
        {
            if (!Tally.Findings.IsEmpty)
                return;

            await RunAsync(step);

            if (step.Number % ProbeEvery == 0)
                await UntilAnsweredAsync(() => ConnectionProbe.ProbeAsync(App.DataSource, count: 1, Tally));
        }
    }

    private async Task RunAsync(Step step)
    {
        using var cancel = new CancellationTokenSource();
        var visit = new Visit(this, step, tenants[step.Tenant], tenants[step.Other], cancel.Token);
        Tally.Count(Figure.Operations);

        if (step.CancelAfter is { } milliseconds)
        {
            Tally.Count(Figure.Cancellations);
            cancel.CancelAfter(milliseconds);
        }

        try
        {
            await step.Operation.RunAsync(visit);

            foreach (var (tenant, rows) in visit.Intentions)
                tenant.Rows = rows;
        }
        catch (Exception e) when (IsInjected(e, step))
        {
            await UntilAnsweredAsync(() => UnknownOutcome.SettleAsync(visit));
        }
        catch (Exception e)
        {
            Tally.Find(Figure.Unexpected, $"{step}: {e}");
        }
    }

    private bool IsInjected(Exception exception, Step step)
    {
        if (Interruption.IsLostConnection(exception) && Tally.Of(Figure.Kills) > 0)
        {
            Tally.Count(Figure.Lost);
            return true;
        }

        if (!Interruption.IsCancellation(exception) || step.CancelAfter is null)
            return false;

        Tally.Count(Figure.CancellationsHit);
        return true;
    }

    // Connections are killed at any time, these too.
    private async Task UntilAnsweredAsync(Func<Task> action)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception e) when (Interruption.IsLostConnection(e) && attempt < MostAttempts)
            {
                Tally.Count(Figure.Lost);
            }
        }
    }
}
