using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TenantPlatform.Data;

/// <summary>Stamps created and updated, and counts the version up, on every SaveChanges. Bulk statements (ExecuteUpdate) set them themselves.</summary>
internal sealed class TimestampsInterceptor(TimeProvider time) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Stamp(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Stamp(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private void Stamp(DbContext db)
    {
        var now = time.GetUtcNow();

        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added && entry.Entity is ICreated added)
            {
                added.Created = now;
            }

            if (entry.State is EntityState.Added or EntityState.Modified && entry.Entity is ITimestamped row)
            {
                row.Updated = now;
            }

            if (entry.Entity is IVersioned versioned && entry.State is EntityState.Modified)
            {
                versioned.Version++;
            }
        }
    }
}
