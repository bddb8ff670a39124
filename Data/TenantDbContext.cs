using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.Data;

/// <summary>The tenant plane: rows of one tenant. Its tables carry no schema; tenancy.enter sets the search_path to where the tenant lives.</summary>
public sealed class TenantDbContext(DbContextOptions<TenantDbContext> options) : TenancyDbContext(options)
{
    /// <summary>Where tenants live together, told apart by row-level security.</summary>
    public const string PooledSchema = "pooled";

    /// <summary>The tenant of the current lease.</summary>
    /// <exception cref="InvalidOperationException">The context names no tenant.</exception>
    public Guid TenantId => Context?.TenantId
        ?? throw new InvalidOperationException("No tenant: open the TenantDbContext with TenancyDb.Open(TenantContext.ForTenant(...)).");

    public DbSet<Todo> Todos => Set<Todo>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new TodoConfiguration());

        // Control-plane tables are mapped only to be referenced; PlatformDbContext owns and migrates them.
        modelBuilder.ApplyConfiguration(new UserConfiguration());
        modelBuilder.ApplyConfiguration(new TenantConfiguration());
        modelBuilder.ApplyConfiguration(new TenantUserConfiguration());
        modelBuilder.Entity<User>().ToTable("users", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());
        modelBuilder.Entity<Tenant>().ToTable("tenants", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());
        modelBuilder.Entity<TenantUser>().ToTable("tenant_users", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());

        modelBuilder.FilterByTenant(this);
    }
}
