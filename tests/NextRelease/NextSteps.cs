using Microsoft.EntityFrameworkCore.Migrations.Operations;
using TenantPlatform.MigrationWorker;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.NextRelease;

/// <summary>The worker as a release from now would be: with one more migration of the tenant plane, which tests choose.</summary>
internal static class NextSteps
{
    /// <summary>The environment variable that has the SQL of the step.</summary>
    public const string Variable = "NEXT_RELEASE_SQL";

    public const string Id = "29991231235959_NextRelease";

    public const string AddedColumn = "alter table todos add column colour text;";

    /// <summary>The migrations of today, and this one.</summary>
    public static TenantPlaneSteps After(string sql)
    {
        var today = new TenantPlaneSteps(new TenantDesignTimeFactory().CreateDbContext([]));
        return new([.. today.All, Step(sql)], today.Model);
    }

    // "create index concurrently <name> on <table> ..." is what EF would write.
    private static MigrationStep Step(string sql) => sql.Split(' ') is [_, _, "CONCURRENTLY", var index, _, var table, ..]
        ? new(Id, [new CreateIndexOperation { Name = index, Table = table, Columns = ["tenant_id"] }], [sql], IsTransactional: false)
        : new(Id, [new SqlOperation { Sql = sql }], [sql], IsTransactional: true);
}
