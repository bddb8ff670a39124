using TenantPlatform.LeakLab.Http;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <param name="Kind">What the attacker is after.</param>
/// <param name="Sql">With (victim), (own), (owner), (altered), (expired) in place of what the attacker knows.</param>
/// <param name="IsQuery">One query that yields one text column, which fits inside another; else statements.</param>
internal sealed record Payload(string Kind, string Sql, bool IsQuery = false)
{
    // Whatever the statements before it have won is then taken away: as a result, and in a row that the attacker may read later.
    public const string Plunder = """
        update pooled.todos set title = 'plundered', description = left((select string_agg(t::text, ',') from pooled.todos t), 9000);
        update /**/platform.tenants set name = 'plundered';
        select t::text from pooled.todos t; select t::text from platform.tenants t; select t::text from platform.users t
        """;

    /// <summary>Once without the plunder, whose failure would undo what the statements have done.</summary>
    public IEnumerable<(string Hole, string Text)> Deliveries(Capture capture)
    {
        var sql = capture.Fill(Sql);

        return IsQuery
            ? [.. Holes.Nested.Select(hole => (hole.Key, hole.Value(sql))), (Holes.Transaction, sql)]
            : [.. Holes.Stacked.Select(hole => (hole.Key, hole.Value(hole.Key is Holes.Batch ? sql : $"{sql}; {Plunder}")))];
    }
}

/// <summary>What the attacker may have come by.</summary>
/// <param name="Altered">A live context of their own with the other tenant's id written into it.</param>
/// <param name="Expired">A context of the other tenant, from an old log.</param>
internal sealed record Capture(Party Attacker, Party Victim, string Altered, string Expired)
{
    // The comment gets past the API's reminder to announce changes of such tables, which is for its developers.
    public string Fill(string sql) => sql
        .Replace(" platform.", " /**/platform.", StringComparison.Ordinal)
        .Replace("(victim)", Victim.TenantId.ToString(), StringComparison.Ordinal)
        .Replace("(owner)", Victim.Owner.UserId.ToString(), StringComparison.Ordinal)
        .Replace("(todo)", Victim.Rows["todos"][0], StringComparison.Ordinal)
        .Replace("(own)", Attacker.TenantId.ToString(), StringComparison.Ordinal)
        .Replace("(altered)", Altered, StringComparison.Ordinal)
        .Replace("(expired)", Expired, StringComparison.Ordinal);
}
