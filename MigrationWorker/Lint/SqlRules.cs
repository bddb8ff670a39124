using System.Text.RegularExpressions;

namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>
/// Judges SQL that was written by hand, by its words: what looks dangerous is, and text in quotation marks or DO blocks counts like any
/// other.
/// </summary>
internal static partial class SqlRules
{
    private const RegexOptions Words = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly (Regex Pattern, LintRule Rule)[] Patterns =
    [
        (TypeChange(), LintRule.TypeChange),
        (SetNotNull(), LintRule.SetNotNull),
        (AddCheck(), LintRule.CheckValidated),
        (AddForeignKey(), LintRule.ForeignKeyValidated),
        (AddIndex(), LintRule.IndexBlocks),
        (PrimaryKey(), LintRule.PrimaryKey),
        (Drop(), LintRule.Drop),
        (Rename(), LintRule.Rename),
        (DropDefault(), LintRule.DropDefault),
        (DropConstraint(), LintRule.DropConstraint),
        (LongLock(), LintRule.LongLock),
    ];

    public static IEnumerable<(LintRule Rule, string Operation)> Judge(
        string sql, IReadOnlySet<string> created, IReadOnlySet<string> unused, IReadOnlySet<(string, string)> proven) =>
        from statement in Statements(sql)
        let table = Table(statement)
        where !created.Contains(table)
        from pattern in Patterns
        let match = pattern.Pattern.Match(statement)
        where match.Success
        let column = match.Groups["column"].Value.Trim('"')
        where !(pattern.Rule == LintRule.SetNotNull && proven.Contains((table, column)))
            && !(pattern.Rule == LintRule.Drop && unused.Contains(column.Length > 0 ? $"{table}.{column}" : table))
        select (pattern.Rule, Shorten(statement));

    /// <summary>Columns that a validated check says are not null; it is known by its name, ck_table_column_not_null.</summary>
    public static IEnumerable<(string Table, string Column)> ProvenNotNull(string sql) =>
        from statement in Statements(sql)
        let prefix = $"ck_{Table(statement)}_"
        let name = ValidateNotNull().Match(statement).Groups["name"].Value
        where name.StartsWith(prefix, StringComparison.Ordinal)
        select (Table(statement), name[prefix.Length..]);

    /// <summary>Whether it adds a constraint and reads all rows for it at once after all.</summary>
    public static bool ValidatesWhatItAdds(IEnumerable<string> texts) =>
        texts.SelectMany(Statements).ToList() is var all && all.Exists(NotValid().IsMatch) && all.Exists(Validate().IsMatch);

    public static bool WritesRows(string sql, IReadOnlySet<string> created) =>
        Statements(sql).Any(statement => Writes().Match(statement) is { Success: true } match && !created.Contains(Bare(match.Groups["table"].Value)));

    public static bool ChangesTables(string sql) => Statements(sql).Any(statement => AlterTable().IsMatch(statement));

    private static string[] Statements(string sql) =>
        Comment().Replace(sql, " ").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Table(string statement) => Bare(Target().Match(statement).Groups["table"].Value);

    private static string Bare(string name) => name.Split('.')[^1].Trim('"');

    private static string Shorten(string statement) => Space().Replace(statement, " ") is { Length: > 120 } text ? text[..120] + "..." : Space().Replace(statement, " ");

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\b(?:alter|drop)\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?<table>[\w.""]+)|\bindex\b.*?\bon\s+(?:only\s+)?(?<table>[\w.""]+)", Words | RegexOptions.Singleline)]
    private static partial Regex Target();

    [GeneratedRegex(@"\balter\s+table\b", Words)]
    private static partial Regex AlterTable();

    [GeneratedRegex(@"\balter\s+(?:column\s+)?[\w""]+\s+(?:set\s+data\s+)?type\b", Words)]
    private static partial Regex TypeChange();

    [GeneratedRegex(@"\balter\s+(?:column\s+)?(?<column>[\w""]+)\s+set\s+not\s+null\b", Words)]
    private static partial Regex SetNotNull();

    [GeneratedRegex(@"\badd\s+(?:constraint\s+[\w""]+\s+)?check\b(?!.*\bnot\s+valid\b)", Words | RegexOptions.Singleline)]
    private static partial Regex AddCheck();

    [GeneratedRegex(@"\badd\s+(?:constraint\s+[\w""]+\s+)?foreign\s+key\b(?!.*\bnot\s+valid\b)", Words | RegexOptions.Singleline)]
    private static partial Regex AddForeignKey();

    [GeneratedRegex(@"\bcreate\s+(?:unique\s+)?index\s+(?!concurrently\b)|\badd\s+(?:constraint\s+[\w""]+\s+)?unique\b(?!\s+using\s+index\b)", Words)]
    private static partial Regex AddIndex();

    [GeneratedRegex(@"\badd\s+(?:constraint\s+[\w""]+\s+)?primary\s+key\b(?!\s+using\s+index\b)", Words)]
    private static partial Regex PrimaryKey();

    [GeneratedRegex(@"\bdrop\s+column\s+(?:if\s+exists\s+)?(?<column>[\w""]+)|\bdrop\s+table\b", Words)]
    private static partial Regex Drop();

    [GeneratedRegex(@"\brename\b(?!\s+constraint\b)", Words)]
    private static partial Regex Rename();

    [GeneratedRegex(@"\bdrop\s+default\b", Words)]
    private static partial Regex DropDefault();

    [GeneratedRegex(@"\bdrop\s+constraint\b", Words)]
    private static partial Regex DropConstraint();

    [GeneratedRegex(@"\b(?:lock\s+table|vacuum\s+full|cluster|truncate|reindex(?!.*\bconcurrently\b)|refresh\s+materialized\s+view(?!\s+concurrently\b))\b", Words)]
    private static partial Regex LongLock();

    [GeneratedRegex(@"\b(?:update\s+(?:only\s+)?(?<table>[\w.""]+)\s+(?:as\s+\w+\s+)?set|insert\s+into\s+(?<table>[\w.""]+)|delete\s+from\s+(?:only\s+)?(?<table>[\w.""]+)|merge\s+into\s+(?<table>[\w.""]+))\b", Words)]
    private static partial Regex Writes();

    [GeneratedRegex(@"\bnot\s+valid\b", Words)]
    private static partial Regex NotValid();

    [GeneratedRegex(@"\bvalidate\s+constraint\b", Words)]
    private static partial Regex Validate();

    [GeneratedRegex(@"\bvalidate\s+constraint\s+""?(?<name>ck_\w+)_not_null\b", Words)]
    private static partial Regex ValidateNotNull();
}
