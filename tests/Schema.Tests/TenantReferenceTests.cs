using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TenantPlatform.Schema.Tests;

public sealed class TenantReferenceTests : IDisposable
{
    private readonly LibraryDbContext db = LibraryDbContext.Open();

    public void Dispose() => db.Dispose();

    [Fact]
    public void The_tenant_leads_an_optional_reference()
    {
        var shelf = Reference<Book, Shelf>();

        Assert.Equal(["TenantId", "ShelfId"], Names(shelf.Properties));
        Assert.Equal(["TenantId", "Id"], Names(shelf.PrincipalKey.Properties));
        Assert.False(shelf.IsRequired);
        Assert.Equal(DeleteBehavior.Cascade, shelf.DeleteBehavior);
    }

    [Fact]
    public void The_tenant_leads_a_reference_within_one_table()
    {
        var above = Reference<Shelf, Shelf>();

        Assert.Equal(["TenantId", "AboveId"], Names(above.Properties));
        Assert.Equal(DeleteBehavior.Restrict, above.DeleteBehavior);
    }

    [Fact]
    public void One_to_one_stays_unique()
    {
        Assert.Equal(["TenantId", "BookId"], Names(Reference<Card, Book>().Properties));
        Assert.True(Index<Card>("ix_cards_tenant_id_book_id").IsUnique);
    }

    [Fact]
    public void An_index_keeps_what_was_said_of_it()
    {
        var place = Index<Book>("ix_books_tenant_id_shelf_id_place");

        Assert.True(place.IsUnique);
        Assert.False(place.GetAreNullsDistinct());
        Assert.Equal([false, false, true], place.IsDescending);
    }

    [Fact]
    public void A_longer_index_serves_a_foreign_key()
    {
        Assert.DoesNotContain(Entity<Book>().GetIndexes(), index => index.GetDatabaseName() == "ix_books_tenant_id_shelf_id");
    }

    [Fact]
    public void A_filtered_index_does_not_serve_a_foreign_key()
    {
        Assert.Equal("place > 0", Index<Book>("ix_books_tenant_id_sequel_id").GetFilter());
        Assert.Null(Index<Book>("ix_books_tenant_id_sequel_id_all").GetFilter());
    }

    [Fact]
    public void Set_null_is_refused()
    {
        using var careless = LibraryDbContext.Open(DeleteBehavior.SetNull);

        var refusal = Assert.Throws<InvalidOperationException>(() => careless.Model);
        Assert.Contains("Book.ShelfId is set to null on delete", refusal.Message, StringComparison.Ordinal);
    }

    private IEntityType Entity<T>() => db.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(T))!;

    private IForeignKey Reference<TDependent, TPrincipal>() =>
        Entity<TDependent>().GetForeignKeys().Single(key => key.PrincipalEntityType.ClrType == typeof(TPrincipal) && key.Properties[^1].Name != "SequelId");

    private IIndex Index<T>(string name) => Entity<T>().GetIndexes().Single(index => index.GetDatabaseName() == name);

    private static IEnumerable<string> Names(IEnumerable<IReadOnlyProperty> properties) => properties.Select(property => property.Name);
}
