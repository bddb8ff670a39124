using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.Schema.Tests;

/// <summary>Every kind of reference between rows of one tenant, none of which mentions the tenant.</summary>
internal sealed class LibraryDbContext(DbContextOptions options, DeleteBehavior onShelfDeleted = DeleteBehavior.Cascade) : TenancyDbContext(options)
{
    public DbSet<Shelf> Shelves => Set<Shelf>();

    public DbSet<Book> Books => Set<Book>();

    public DbSet<Card> Cards => Set<Card>();

    public static LibraryDbContext Open(DeleteBehavior onShelfDeleted = DeleteBehavior.Cascade) => new(
        new DbContextOptionsBuilder()
            .UseTenantPlatformModel(model => model.UseNpgsql("Host=localhost").EnableServiceProviderCaching(false))
            .Options,
        onShelfDeleted);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Shelf>().HasOne(shelf => shelf.Above).WithMany().OnDelete(DeleteBehavior.Restrict);
        modelBuilder.Entity<Book>().HasOne(book => book.Shelf).WithMany(shelf => shelf.Books).OnDelete(onShelfDeleted);
        modelBuilder.Entity<Book>().HasIndex(book => book.SequelId).IsUnique().HasFilter("place > 0");
        modelBuilder.Entity<Book>().HasIndex(book => new { book.ShelfId, book.Place }).IsUnique().AreNullsDistinct(false).IsDescending(false, true);
        modelBuilder.Entity<Card>().HasOne(card => card.Book).WithOne().HasForeignKey<Card>(card => card.BookId);
        modelBuilder.ApplyConfiguration(new TenantConfiguration());
        modelBuilder.ApplyConfiguration(new UserConfiguration());
    }
}

internal sealed class Shelf : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public Shelf? Above { get; set; }

    public List<Book> Books { get; } = [];
}

internal sealed class Book : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public Guid? ShelfId { get; set; }

    public Shelf? Shelf { get; set; }

    public int? Place { get; set; }

    public Guid? SequelId { get; set; }

    public Book? Sequel { get; set; }
}

internal sealed class Card : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; }

    public Guid BookId { get; init; }

    public Book Book { get; init; } = null!;
}
