using Npgsql;

namespace TenantPlatform.LeakLab.Http;

/// <summary>What all cells share.</summary>
internal sealed record Laboratory(HttpClient Api, NpgsqlDataSource Admin, ApiDocument Document, SnapshotReader Snapshots)
{
    public static async Task<Laboratory> OpenAsync(HttpClient api, NpgsqlDataSource admin, CancellationToken cancellationToken) => new(
        api, admin, await ApiDocument.ReadAsync(api, cancellationToken), await SnapshotReader.CreateAsync(admin, cancellationToken));

    public Probe Probe(ApiOperation operation, Scene scene, CancellationToken cancellationToken) => new(this, operation, scene, cancellationToken);

    public async Task AsAdminAsync(string sql, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = Admin.CreateCommand(sql);

        foreach (var id in ids)
            command.Parameters.AddWithValue(id);

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
