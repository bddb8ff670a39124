namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// Makes the target like the source, given up to which mark it was like it. Rows that differ are deleted there, with all that refer to
/// them, and inserted anew: neither references nor unique values that changed hands get in the way, whatever happened in which order.
/// </summary>
internal sealed class CatchUp(IReadOnlyList<MoveTable> tables)
{
    /// <summary>In a transaction of the session.</summary>
    /// <param name="limit">When more rows differ, nothing is done but to count them.</param>
    public async Task<CaughtUp> RunAsync(MoverSession session, MoveRoute route, SnapshotMark mark, long limit, CancellationToken cancellationToken)
    {
        var (differing, counts) = await FindAsync(session, route, mark, cancellationToken);

        if (differing.Values.Sum(ids => (long)ids.Count) > limit)
        {
            return new(differing, counts, IsWithinLimit: false);
        }

        await AddDependentsAsync(session, route, differing, cancellationToken);
        await RedoAsync(session, route, differing, cancellationToken);
        return new(differing, counts, IsWithinLimit: true);
    }

    private async Task<(Dictionary<string, HashSet<Guid>> Differing, Dictionary<string, long> Counts)> FindAsync(
        MoverSession session, MoveRoute route, SnapshotMark mark, CancellationToken cancellationToken)
    {
        var (differing, counts) = (new Dictionary<string, HashSet<Guid>>(), new Dictionary<string, long>());
        await using var batch = session.Batch(tables.Select(table => (route.Differences(table), (object[])[route.Tenant.Id, mark])));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);

        foreach (var table in tables)
        {
            await rows.ReadAsync(cancellationToken);
            differing[table.Name] = [.. rows.GetFieldValue<Guid[]>(0)];
            counts[table.Name] = rows.GetInt64(1);
            await rows.NextResultAsync(cancellationToken);
        }

        return (differing, counts);
    }

    // Principals come first in the list, so one pass is enough; only a table that refers to itself is asked until there are no more.
    private async Task AddDependentsAsync(MoverSession session, MoveRoute route, Dictionary<string, HashSet<Guid>> differing, CancellationToken cancellationToken)
    {
        foreach (var (table, reference) in tables.SelectMany(table => table.References.Select(reference => (table, reference)).OrderBy(pair => pair.reference.Principal == table.Name)))
        {
            var (principals, found) = (differing[reference.Principal], differing[table.Name]);
            Guid[] added = [.. principals];

            while (added.Length > 0)
            {
                var dependents = await FindDependentsAsync(session, route, table, reference, added, cancellationToken);
                Guid[] news = [.. dependents.Where(found.Add)];
                added = reference.Principal == table.Name ? news : [];
            }
        }
    }

    private static async Task<List<Guid>> FindDependentsAsync(
        MoverSession session, MoveRoute route, MoveTable table, MoveReference reference, Guid[] principals, CancellationToken cancellationToken)
    {
        await using var query = session.Command(route.Dependents(table, reference), [route.Tenant.Id, principals]);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var dependents = new List<Guid>();

        while (await rows.ReadAsync(cancellationToken))
        {
            dependents.Add(rows.GetGuid(0));
        }

        return dependents;
    }

    private async Task RedoAsync(MoverSession session, MoveRoute route, Dictionary<string, HashSet<Guid>> differing, CancellationToken cancellationToken)
    {
        var concerned = tables.Where(table => differing[table.Name].Count > 0).ToList();

        if (concerned.Count == 0)
        {
            return;
        }

        var deletes = concerned.AsEnumerable().Reverse().Select(table => (route.Delete(table), Values(table)));
        var inserts = concerned.Select(table => (route.InsertThose(table), Values(table)));
        await using var batch = session.Batch(deletes.Concat(inserts));
        await batch.ExecuteNonQueryAsync(cancellationToken);

        object[] Values(MoveTable table) => [route.Tenant.Id, differing[table.Name].ToArray()];
    }
}

/// <param name="Differing">The ids of rows that were done anew, by table.</param>
/// <param name="Counts">How many rows there are at the source, by table.</param>
/// <param name="IsWithinLimit">False when there were too many, and nothing was done.</param>
internal sealed record CaughtUp(IReadOnlyDictionary<string, HashSet<Guid>> Differing, IReadOnlyDictionary<string, long> Counts, bool IsWithinLimit)
{
    public long Rows => Differing.Values.Sum(ids => (long)ids.Count);
}
