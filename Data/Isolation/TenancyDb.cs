using Microsoft.EntityFrameworkCore;

namespace TenantPlatform.Data.Isolation;

/// <summary>Opens a pooled DbContext for one tenant context. There is no other way to get one that may talk to the database.</summary>
public sealed class TenancyDb<TContext>(IDbContextFactory<TContext> factory)
    where TContext : TenancyDbContext
{
    /// <summary>Dispose the result; it then forgets the context and goes back to the pool.</summary>
    public TContext Open(TenantContext context)
    {
        var db = factory.CreateDbContext();
        db.Context = context;
        return db;
    }
}
