using Microsoft.EntityFrameworkCore.Migrations.Operations;
using TenantPlatform.Data.Schema;

namespace TenantPlatform.MigrationWorker.Schemas;

/// <summary>
/// Foreign keys from a schema of one tenant to the control plane, said otherwise. Each would leave two triggers on a table that all
/// tenants share, which PostgreSQL reads anew after every further one, and making or dropping it would lock that table.
/// </summary>
internal static class SharedReferences
{
    public static IReadOnlyList<MigrationOperation> Replace(IEnumerable<MigrationOperation> operations) =>
        [.. operations.Select(Replace).OfType<MigrationOperation>()];

    private static MigrationOperation? Replace(MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateTableOperation table:
                table.CheckConstraints.AddRange(table.ForeignKeys.Where(IsShared).Select(Check).OfType<AddCheckConstraintOperation>());
                table.ForeignKeys.RemoveAll(IsShared);
                return table;
            case AddForeignKeyOperation key when IsShared(key):
                return Check(key);
            case DropForeignKeyOperation key when key.Name == SharedReference.ToTenants(key.Table):
                return null;
            default:
                return operation;
        }
    }

    private static bool IsShared(AddForeignKeyOperation key) => key.PrincipalSchema is not null;

    // Null where the pin to the tenant says as much.
    private static AddCheckConstraintOperation? Check(AddForeignKeyOperation key) => key switch
    {
        { PrincipalTable: "tenants" } => null,
        { PrincipalTable: "tenant_users", Columns: ["tenant_id", var person] } =>
            new() { Name = key.Name, Table = key.Table, Sql = SharedReference.ToMember(person) },
        _ => throw new NotSupportedException(
            $"{key.Name} refers to {key.PrincipalSchema}.{key.PrincipalTable}: tables of the tenant plane may refer to tenants and tenant_users only."),
    };
}
