using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Database.Attacks;

/// <summary>Work on another thread that takes a DbContext from the factory, after the victim has used it, and names no tenant.</summary>
internal sealed class BackgroundWorkAttack() : Attack("background work")
{
    public override async Task<Verdict> RunAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using (var victim = Bench.Open(bench.App, subject.Guarded, subject.VictimContext))
            await bench.Ef.RunSqlAsync(victim, subject, LabAction.Select, cancellationToken);

        return await Task.Run(() => WorkAsync(bench, subject, action, cancellationToken), cancellationToken);
    }

    private static async Task<Verdict> WorkAsync(Bench bench, Subject subject, LabAction action, CancellationToken cancellationToken)
    {
        await using var scope = bench.App.Services.CreateAsyncScope();
        await using var db = await CreateAsync(scope.ServiceProvider, subject.Guarded, cancellationToken);
        try
        {
            return (await bench.Ef.RunSqlAsync(db, subject, action, cancellationToken)).Judge(subject, action, isOwnContext: false) is Verdict.Leaked leak
                ? leak
                : new Verdict.Void("work without a tenant was not refused");
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("No tenant context", StringComparison.Ordinal))
        {
            return new Verdict.Held($"{nameof(InvalidOperationException)} {e.Message}");
        }
    }

    private static async Task<TenancyDbContext> CreateAsync(IServiceProvider services, GuardedTable table, CancellationToken cancellationToken) =>
        table.Table.Schema is null
            ? await services.GetRequiredService<IDbContextFactory<TenantDbContext>>().CreateDbContextAsync(cancellationToken)
            : await services.GetRequiredService<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(cancellationToken);
}
