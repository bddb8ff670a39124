using Npgsql;

namespace TenantPlatform.LeakLab.Http;

/// <summary>What all cells share.</summary>
internal sealed record Laboratory(HttpClient Api, NpgsqlDataSource Admin, ApiDocument Document, SnapshotReader Snapshots)
{
    public static async Task<Laboratory> OpenAsync(HttpClient api, NpgsqlDataSource admin, CancellationToken cancellationToken) => new(
        api, admin, await ApiDocument.ReadAsync(api, cancellationToken), await SnapshotReader.CreateAsync(admin, cancellationToken));

    /// <summary>For one cell: its scene is nobody else's.</summary>
    public async Task<Probe> OpenProbeAsync(ApiOperation operation, CancellationToken cancellationToken)
    {
        var scene = await Seeder.CreateSceneAsync(Admin, cancellationToken);

        if (Recipes.Before(operation) is { } sql)
        {
            await AsAdminAsync(sql, [scene.Attacker.TenantId], cancellationToken);
            await AsAdminAsync(sql, [scene.Victim.TenantId], cancellationToken);
        }

        return new Probe(this, operation, scene, cancellationToken);
    }

    public async Task AsAdminAsync(string sql, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = Admin.CreateCommand(sql);

        foreach (var id in ids)
            command.Parameters.AddWithValue(id);

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
