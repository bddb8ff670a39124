using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.Data.AccessChanges;

/// <summary>Notes what SaveChanges is about to change; <see cref="AccessChangeAnnouncer"/> tells of it when the transaction commits.</summary>
internal sealed class AccessChangeCollector : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect((TenancyDbContext)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Collect((TenancyDbContext)eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Collect(TenancyDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<IDecidesAccess>())
        {
            if (entry.State is EntityState.Modified or EntityState.Deleted || (entry.State is EntityState.Added && entry.Entity.MattersWhenNew))
            {
                db.Announce(entry.Entity.Change);
            }
        }
    }
}
