namespace TenantPlatform.Data.Schema;

/// <summary>Says in words where two sets of facts disagree.</summary>
internal static class Differences
{
    /// <param name="source">Where the expected facts are from, as the subject of a sentence.</param>
    public static IEnumerable<string> Between(IEnumerable<CatalogFact> wanted, IEnumerable<CatalogFact> database, string source)
    {
        var expected = wanted.ToLookup(fact => fact.Subject);
        var actual = database.ToLookup(fact => fact.Subject);
        var subjects = expected.Select(group => group.Key).Union(actual.Select(group => group.Key)).ToList();
        var oneSidedTables = subjects.Where(subject => subject.Kind == "table" && expected.Contains(subject) != actual.Contains(subject))
            .Select(table => table.Owner).ToHashSet();

        return from subject in subjects
               // What hangs on a table that only one side has is no news.
               where subject.Kind == "table" || !oneSidedTables.Contains(subject.Owner)
               orderby subject.Owner, subject.Kind, subject.Name
               from sentence in Compare(Name(subject), [.. expected[subject]], [.. actual[subject]], source)
               select sentence;
    }

    private static IEnumerable<string> Compare(string subject, CatalogFact[] expected, CatalogFact[] actual, string source)
    {
        if (actual.Length == 0)
        {
            return [$"{subject} is missing in the database, {source} has it ({Describe(expected)})"];
        }

        return expected.Length == 0
            ? [$"{subject} is in the database ({Describe(actual)}), {source} has none"]
            : from fact in actual
              let wanted = expected.Single(other => other.Aspect == fact.Aspect)
              where wanted.Value != fact.Value
              select $"{subject} {Verb(fact)} {fact.Value} in the database, {source} says {wanted.Value}";
    }

    private static string Name((string Kind, string Owner, string Name) subject) => subject.Kind switch
    {
        "table" => subject.Owner,
        CatalogFact.Schema => $"schema {subject.Owner}",
        "object" => subject.Name,
        "column" => $"{subject.Owner}.{subject.Name}",
        CatalogFact.Grant => $"grant of {subject.Name} on {subject.Owner}",
        _ => $"{subject.Kind} {subject.Name} of {subject.Owner}",
    };

    private static string Describe(CatalogFact[] facts) => string.Join(", ", facts.Select(fact => fact.Value));

    private static string Verb(CatalogFact fact) => fact.Aspect is "default" or "row-level security" ? "has" : "is";
}
