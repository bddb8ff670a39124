using TenantPlatform.Data;
using TenantPlatform.Fixtures;

namespace TenantPlatform.Schema.Tests;

public sealed class ConstraintTests(DatabaseFixture database)
{
    private const string Names = """
        select k.conname from pg_constraint k
        where k.contype in ('p', 'u', 'f', 'c', 'x') and k.connamespace in ('platform'::regnamespace, 'pooled'::regnamespace) and k.conrelid::regclass::text !~ 'migrations_history'
        union
        select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indisunique and c.relnamespace in ('platform'::regnamespace, 'pooled'::regnamespace) and i.indrelid::regclass::text !~ 'migrations_history'
        """;

    [Fact]
    public async Task Every_constraint_has_a_readable_message()
    {
        var undescribed = (await ReadNamesAsync())
            .Where(name => Constraint.Describe(name) is not { Message: { } message } || !IsSentence(message)).ToList();

        Assert.True(undescribed.Count == 0, $"Without a message: {string.Join(", ", undescribed)}");
    }

    [Fact]
    public void An_unknown_constraint_has_no_message() => Assert.Null(Constraint.Describe("ck_nobody_knows"));

    private async Task<List<string>> ReadNamesAsync()
    {
        await using var owner = await Sql.OpenAsync(database.OwnerConnectionString);
        var names = (await owner.ReadLinesAsync(Names)).ConvertAll(name => name.Trim('(', ')'));
        Assert.NotEmpty(names);
        return names;
    }

    private static bool IsSentence(string text) => char.IsUpper(text[0]) && text.EndsWith('.') && text.Contains(' ', StringComparison.Ordinal);
}
