using Npgsql;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.MigrationWorker.Moves;

/// <summary>platform.tenant_moves: how far a move is, written in the transactions that do what it says. So the next mover can go on.</summary>
internal static class MoveJournal
{
    private const string Columns = "id, source, target, phase, copied_up_to, rows_copied, pause";

    public static Task<IReadOnlyList<Guid>> TenantsUnderWayAsync(MoverSession session, CancellationToken cancellationToken) => ReadAsync(
        session, "select tenant_id from platform.tenant_moves where finished is null order by created", [], rows => rows.GetGuid(0), cancellationToken);

    public static async Task<MoveEntry?> FindUnderWayAsync(MoverSession session, Guid tenantId, CancellationToken cancellationToken) => (await ReadAsync(
        session, $"select {Columns} from platform.tenant_moves where tenant_id = $1 and finished is null", [tenantId], Read, cancellationToken)).SingleOrDefault();

    public static async Task<MoveEntry> BeginAsync(MoverSession session, Guid tenantId, string source, string target, CancellationToken cancellationToken) => (await ReadAsync(
        session,
        $"insert into platform.tenant_moves (id, tenant_id, source, target) values ($1, $2, $3, $4) returning {Columns}",
        [Guid.CreateVersion7(), tenantId, source, target],
        Read,
        cancellationToken)).Single();

    /// <summary>That the target has its tables and no rows.</summary>
    public static Task BuiltAsync(MoverSession session, MoveEntry move, CancellationToken cancellationToken) =>
        UpdateAsync(session, move, $"phase = '{TenantMovePhase.Copying}'", [], cancellationToken);

    /// <summary>That the target holds what transactions before the mark have left at the source, but for what the next catch-up finds missing.</summary>
    public static Task CopiedAsync(MoverSession session, MoveEntry move, SnapshotMark mark, long rows, CancellationToken cancellationToken) =>
        UpdateAsync(session, move, "copied_up_to = $2, rows_copied = rows_copied + $3", [mark.Value, rows], cancellationToken);

    /// <summary>That the tenant works at the target from this transaction on.</summary>
    public static Task FlippedAsync(MoverSession session, MoveEntry move, double pause, long rows, CancellationToken cancellationToken) => UpdateAsync(
        session, move, $"phase = '{TenantMovePhase.Cleaning}', pause = $2, rows_copied = rows_copied + $3, error = null", [pause, rows], cancellationToken);

    /// <summary>Back to the beginning: whatever is at the target does not count any more.</summary>
    public static Task RestartAsync(MoverSession session, MoveEntry move, CancellationToken cancellationToken) =>
        UpdateAsync(session, move, $"phase = '{TenantMovePhase.Building}', copied_up_to = null, rows_copied = 0", [], cancellationToken);

    public static Task DoneAsync(MoverSession session, MoveEntry move, double? pause, CancellationToken cancellationToken) => UpdateAsync(
        session, move, $"phase = '{TenantMovePhase.Done}', finished = clock_timestamp(), error = null, pause = coalesce($2, pause)", [(object?)pause ?? DBNull.Value], cancellationToken);

    public static Task CancelledAsync(MoverSession session, MoveEntry move, CancellationToken cancellationToken) =>
        UpdateAsync(session, move, $"phase = '{TenantMovePhase.Cancelled}', finished = clock_timestamp()", [], cancellationToken);

    public static Task FailedAsync(MoverSession session, MoveEntry move, string error, CancellationToken cancellationToken) =>
        UpdateAsync(session, move, "error = $2", [error], cancellationToken);

    private static async Task UpdateAsync(MoverSession session, MoveEntry move, string changes, object[] values, CancellationToken cancellationToken)
    {
        var updated = await session.ExecuteAsync(
            $"update platform.tenant_moves set {changes}, updated = now() where id = $1", [move.Id, .. values], cancellationToken);

        if (updated != 1)
        {
            throw new MoveRefusedException("The tenant was purged meanwhile: there is nothing left to move.");
        }
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        MoverSession session, string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var query = session.Command(sql, values);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();

        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private static MoveEntry Read(NpgsqlDataReader rows) => new(
        rows.GetGuid(0),
        rows.GetString(1),
        rows.GetString(2),
        rows.GetString(3),
        rows.IsDBNull(4) ? null : new SnapshotMark(rows.GetInt64(4)),
        rows.GetInt64(5),
        rows.IsDBNull(6) ? null : rows.GetDouble(6));
}

/// <summary>A row of platform.tenant_moves; see <see cref="TenantMove"/>.</summary>
internal sealed record MoveEntry(Guid Id, string Source, string Target, string Phase, SnapshotMark? CopiedUpTo, long RowsCopied, double? Pause);

/// <summary>Why a move cannot be made or go on, as a sentence for whoever asked for it.</summary>
internal sealed class MoveRefusedException(string message) : Exception(message);
