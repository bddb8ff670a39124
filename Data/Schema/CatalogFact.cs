namespace TenantPlatform.Data.Schema;

/// <summary>One property of one object of a database, as PostgreSQL itself writes it.</summary>
/// <param name="Kind">"column", "check", "index", "policy", "grant" and so on.</param>
/// <param name="Owner">The table with its schema, or what a grant is on.</param>
/// <param name="Name">Within the owner; empty for the table itself.</param>
internal sealed record CatalogFact(string Kind, string Owner, string Name, string Aspect, string Value)
{
    public const string Grant = "grant";
    public const string Schema = "schema";

    public (string Kind, string Owner, string Name) Subject => (Kind, Owner, Name);
}
