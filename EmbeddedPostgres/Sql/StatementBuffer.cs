using System.Text;
using System.Text.RegularExpressions;

namespace TenantPlatform.EmbeddedPostgres.Sql;

/// <summary>Collects lines into statements: a semicolon ends one, except in quotes, dollar quotes and comments.</summary>
internal sealed partial class StatementBuffer
{
    private readonly StringBuilder text = new();

    public bool IsEmpty => text.ToString().Trim().Length == 0;

    public IReadOnlyList<string> Add(string line)
    {
        text.Append(line).Append('\n');
        var all = text.ToString();
        var statements = new List<string>();
        var start = 0;
        foreach (Match token in Token().Matches(all).Where(token => token.Value == ";"))
        {
            statements.Add(all[start..(token.Index + 1)].Trim());
            start = token.Index + 1;
        }
        text.Remove(0, start);
        return statements;
    }

    public string Rest()
    {
        var rest = text.ToString().Trim();
        text.Clear();
        return rest;
    }

    // Whatever may hold a semicolon is one token, to its end or, while that has not been typed, to the end of the text.
    [GeneratedRegex("""
        '[^']*(?:'|\z) | "[^"]*(?:"|\z) | --[^\n]* | /\*.*?(?:\*/|\z) | (\$\w*\$).*?(?:\1|\z) | ;
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
