using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Conventions;

namespace TenantPlatform.Data.Isolation;

/// <summary>A DbContext that speaks to the database for one <see cref="TenantContext"/> at a time; see <see cref="TenancyDb{TContext}"/>.</summary>
public abstract class TenancyDbContext : DbContext
{
    protected TenancyDbContext(DbContextOptions options)
        : base(options)
    {
        // The tenant context is set when a transaction starts, so writes always have one; savepoints would only add round trips.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>Null between two leases from the pool; commands are refused then.</summary>
    public TenantContext? Context { get; internal set; }

    /// <summary>The tenant of the current lease. Every query of tenant-owned rows asks for it.</summary>
    /// <exception cref="InvalidOperationException">The context names no tenant.</exception>
    public Guid TenantId => Context?.TenantId
        ?? throw new InvalidOperationException("No tenant: open the DbContext with TenancyDb.Open(TenantContext.ForTenant(...)).");

    /// <summary>What is announced with the next commit.</summary>
    internal HashSet<AccessChange> Announced { get; } = [];

    /// <summary>
    /// Says whom a bulk statement or SQL that follows concerns, if it changes rows that decide access. SaveChanges does so by itself.
    /// Announced with the commit of the current transaction, or with the next statement when there is none.
    /// </summary>
    public void Announce(params ReadOnlySpan<AccessChange> changes)
    {
        foreach (var change in changes)
        {
            Announced.Add(change);
        }
    }

    public sealed override void Dispose()
    {
        EndLease();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed override ValueTask DisposeAsync()
    {
        EndLease();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        configurationBuilder.Conventions.Add(_ => new TenantOwnedConvention());
        configurationBuilder.Conventions.Add(_ => new ForeignKeyIndexesConvention());
        configurationBuilder.Conventions.Add(_ => new TimestampsConvention());
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
        configurationBuilder.Conventions.Add(_ => new JsonShapeConvention());
    }
    // The instance goes back to the pool, and must not take anything of this lease along.
    private void EndLease()
    {
        Context = null;
        Announced.Clear();
    }
}
