namespace TenantPlatform.LeakLab.Tests.Interleavings;

internal static class Operations
{
    // Long enough that the statement has reached the server, shorter than its sleep.
    private const int WhileAsleep = 30;

    public static readonly IReadOnlyList<Operation> All =
    [
        new("list", 8, Reads.ListAsync),
        new("list-synchronously", 3, Reads.ListSynchronously),
        new("list-without-filters", 8, Reads.ListWithoutFiltersAsync),
        new("list-by-sql", 4, Reads.ListBySqlAsync),
        new("get", 8, Reads.GetAsync),
        new("get-foreign", 4, Reads.GetForeignAsync),
        new("leave-early", 5, Reads.LeaveEarlyAsync),
        new("list-teams", 5, Reads.ListTeamsAsync),
        new("list-members", 3, Reads.ListMembersAsync),
        new("list-own-tenants", 3, Reads.ListOwnTenantsAsync),
        new("read-by-npgsql", 6, Reads.ReadByNpgsqlAsync),
        new("read-without-context", 4, Reads.ReadWithoutContextAsync),
        new("read-without-tenant", 2, Reads.ReadWithoutTenantAsync),
        new("insert", 10, Writes.InsertAsync),
        new("insert-synchronously", 3, Writes.InsertSynchronously),
        new("update", 6, Writes.UpdateAsync),
        new("delete", 4, Writes.DeleteAsync),
        new("update-many", 5, Writes.UpdateManyAsync),
        new("delete-many", 3, Writes.DeleteManyAsync),
        new("insert-team", 1, Writes.InsertTeamAsync),
        new("rename-team", 3, Writes.RenameTeamAsync),
        new("leave-unsaved", 4, Writes.LeaveUnsavedAsync),
        new("commit", 4, Transactions.CommitAsync),
        new("roll-back", 4, Transactions.RollBackAsync),
        new("abandon", 4, Transactions.AbandonAsync),
        new("commit-by-npgsql", 4, Transactions.CommitByNpgsqlAsync),
        new("two-tenants", 4, Transactions.TwoTenantsAsync),
        new("fail-in-the-middle", 4, Faults.FailInTheMiddleAsync),
        new("fail-within-a-transaction", 3, Faults.FailWithinATransactionAsync),
        new("violate-a-constraint", 4, Faults.ViolateAConstraintAsync),
        new("write-foreign", 4, Faults.WriteForeignAsync),
        new("change-foreign", 3, Faults.ChangeForeignAsync),
        new("sleep", 2, Faults.SleepAsync, WhileAsleep, IsAlwaysCancelled: true),
        new("sleep-within-a-transaction", 2, Faults.SleepWithinATransactionAsync, WhileAsleep, IsAlwaysCancelled: true),
        new("run-into-a-timeout", 1, Faults.RunIntoATimeoutAsync),
        new("kill", 1, Faults.KillAsync),
    ];
}
