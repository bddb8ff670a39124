namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>
/// Proves that the target is what the source is. Both are in reach of one statement, so rows themselves are compared, byte for byte,
/// and not their hashes.
/// </summary>
internal sealed class MoveCheck(IReadOnlyList<MoveTable> tables)
{
    /// <summary>While the tenant is at work: all rows but those written since the mark, which the last catch-up proves.</summary>
    public async Task<IReadOnlyList<string>> FindUnlikeAsync(MoverSession session, MoveRoute route, SnapshotMark mark, CancellationToken cancellationToken)
    {
        var problems = new List<string>();

        foreach (var table in tables)
        {
            if (await session.ScalarAsync<long>(route.CountUnlike(table), [route.Tenant.Id, mark], cancellationToken) is > 0 and var unlike)
            {
                problems.Add($"{unlike} of {table.Name} differ");
            }
        }

        return problems;
    }

    /// <summary>Behind the fence, after the last catch-up: its rows, and how many there are in every table.</summary>
    public async Task<IReadOnlyList<string>> FindUnlikeAsync(MoverSession session, MoveRoute route, CaughtUp last, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        await using var batch = session.Batch(tables.Select(table => (route.CountUnlikeThose(table), (object[])[route.Tenant.Id, last.Differing[table.Name].ToArray()])));
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);

        foreach (var table in tables)
        {
            await rows.ReadAsync(cancellationToken);
            var (unlike, count, expected) = (rows.GetInt64(0), rows.GetInt64(1), last.Counts[table.Name]);
            await rows.NextResultAsync(cancellationToken);

            if (unlike > 0)
            {
                problems.Add($"{unlike} of {table.Name} differ");
            }

            if (count != expected)
            {
                problems.Add($"{count} of {table.Name} instead of {expected}");
            }
        }

        return problems;
    }
}
