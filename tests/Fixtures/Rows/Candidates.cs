using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TenantPlatform.Fixtures.Rows;

/// <summary>Values that a column of this type might accept, as SQL literals without quotes. Nothing here knows any table.</summary>
internal static partial class Candidates
{
    private static readonly string[] Texts =
    [
        "sample", "en", "a.b", "todos:read", "https://example.org/a", "/a", "#a0b0c0", "todo", "1.0", "USD",
    ];

    /// <param name="column">Literals of the checks that speak of it come first: enumerations are written there.</param>
    public static string Pick(IColumn column, Random random) => column.StoreType switch
    {
        "uuid" => Guid.NewGuid().ToString(),
        "text" => One(random, [.. Literals(column), .. Texts, .. UniqueTexts()]),
        "text[]" => One(random, ["{member}", "{}"]),
        "jsonb" => One(random, ["{}", "[]"]),
        "boolean" => One(random, ["true", "false"]),
        "bytea" => "\\x" + RandomNumberGenerator.GetHexString(64, lowercase: true),
        "date" => Day(random).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "timestamp with time zone" => Day(random).ToString("O", CultureInfo.InvariantCulture),
        "integer" or "bigint" or "smallint" or "numeric" or "double precision" => One(random, ["1", "0", "50", "100"]),
        var type => throw new NotSupportedException($"{column.Table.Name}.{column.Name} is a {type}: teach {nameof(Candidates)} a value of that type."),
    };

    private static IEnumerable<string> Literals(IColumn column) =>
        from check in ((ITable)column.Table).CheckConstraints
        where Regex.IsMatch(check.Sql, $@"\b{column.Name}\b")
        from Match literal in Literal().Matches(check.Sql)
        select literal.Groups[1].Value;

    private static string[] UniqueTexts()
    {
        var unique = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return [unique[..15], $"tenant_{unique[..15]}", unique, unique + unique, $"{unique}@example.org", $"{unique[..4]}.{unique[..8]}"];
    }

    private static DateTimeOffset Day(Random random) => DateTimeOffset.UtcNow.AddDays(random.Next(-8, 9));

    private static string One(Random random, string[] values) => values[random.Next(values.Length)];

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Literal();
}
