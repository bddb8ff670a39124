using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Data.Tests.Conventions;

/// <summary>A module as somebody would add it: entities that say whose they are, and nothing about isolation.</summary>
internal sealed class NotesDbContext(DbContextOptions options) : TenancyDbContext(options)
{
    public DbSet<Notebook> Notebooks => Set<Notebook>();

    public DbSet<Note> Notes => Set<Note>();

    public static NotesDbContext Open() => new(Offline.Options());

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Notebook>().HasIndex(notebook => notebook.ShortName).IsUnique();
        modelBuilder.Entity<Note>().ToTable("jottings");
        modelBuilder.Entity<Tenant>().ToTable("tenants", PlatformDbContext.Schema, table => table.ExcludeFromMigrations());
    }
}

/// <summary>The same table before its rows belonged to anybody.</summary>
internal sealed class SharedNotesDbContext(DbContextOptions options) : TenancyDbContext(options)
{
    public DbSet<SharedNotebook> Notebooks => Set<SharedNotebook>();

    public static SharedNotesDbContext Open() => new(Offline.Options());
}

/// <summary>The same table with a policy of another wording.</summary>
internal sealed class OtherwiseGuardedNotesDbContext(DbContextOptions options) : TenancyDbContext(options)
{
    public DbSet<SharedNotebook> Notebooks => Set<SharedNotebook>();

    public static OtherwiseGuardedNotesDbContext Open() => new(Offline.Options());

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<SharedNotebook>().HasAnnotation("RowPolicy:tenant_isolation", "using (false)");
}

internal static class Offline
{
    public static DbContextOptions Options() =>
        new DbContextOptionsBuilder().UseTenantPlatformModel(model => model.UseNpgsql("Host=localhost")).Options;
}

internal sealed class Notebook : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public required string ShortName { get; set; }

    public List<Note> Notes { get; } = [];
}

internal sealed class Note : ITenantOwned, ITimestamped, IVersioned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public Guid NotebookId { get; set; }

    public Notebook? Notebook { get; set; }

    public string? HTMLText { get; set; }

    public int Version { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}

internal sealed class SharedNotebook
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public required string ShortName { get; set; }
}
