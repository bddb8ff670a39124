using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>All tenants' rows at once, as the administrator sees them: before an interleaving and after it.</summary>
internal static class Snapshot
{
    /// <summary>Two rows for every tenant and no others, in the database and in the models.</summary>
    public static async Task ResetAsync(NpgsqlDataSource admin, IReadOnlyList<TenantModel> tenants)
    {
        foreach (var tenant in tenants)
            tenant.Begin(Guid.CreateVersion7(), Guid.CreateVersion7());

        var rows = tenants.SelectMany(tenant => tenant.Rows.Select(row => (tenant.Tenant, row.Key, row.Value.Text))).ToList();
        await using var reset = admin.CreateBatch();
        reset.BatchCommands.Add(new("delete from pooled.todos"));
        reset.BatchCommands.Add(new("delete from platform.teams"));
        reset.BatchCommands.Add(new("insert into pooled.todos (tenant_id, created_by, id, title) select * from unnest($1, $2, $3, $4)")
        {
            Parameters =
            {
                new() { Value = rows.ConvertAll(row => row.Tenant.Id) }, new() { Value = rows.ConvertAll(row => row.Tenant.OwnerId) },
                new() { Value = rows.ConvertAll(row => row.Key) }, new() { Value = rows.ConvertAll(row => row.Text) },
            },
        });
        await reset.ExecuteNonQueryAsync();
    }

    /// <summary>Every row lies with its own tenant, and no model misses one.</summary>
    public static async Task CompareAsync(NpgsqlDataSource admin, IReadOnlyList<TenantModel> tenants, Tally tally)
    {
        await using var query = admin.CreateCommand("""
            select tenant_id, id, 'todos', title, priority from pooled.todos
            union all select tenant_id, id, 'teams', name, 0 from platform.teams
            """);
        await using var reader = await query.ExecuteReaderAsync();
        var stored = new List<(Guid TenantId, Guid Id, Row Row)>();

        while (await reader.ReadAsync())
            stored.Add((reader.GetGuid(0), reader.GetGuid(1), new Row(reader.GetString(2), reader.GetString(3), reader.GetInt32(4))));

        foreach (var tenant in tenants)
        {
            var rows = stored.Where(row => row.TenantId == tenant.Tenant.Id).ToList();

            if (rows.FirstOrDefault(row => !tenant.IsMine(row.TenantId, row.Row.Text)) is { Row.Text: not null } stray)
                tally.Find(Figure.CrossTenantRows, $"'{stray.Row.Text}' lies in {tenant.Tenant.Key}");

            if (!rows.ToDictionary(row => row.Id, row => row.Row).SameAs(tenant.Rows))
                tally.Find(Figure.ModelDifferences, $"in the end {tenant.Tenant.Key} has other rows than the model");
        }
    }
}
