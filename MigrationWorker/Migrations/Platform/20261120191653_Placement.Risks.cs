using TenantPlatform.MigrationWorker.Lint;

namespace TenantPlatform.MigrationWorker.Migrations.Platform;

// All of it happens to platform.tenant_schemas, which no release before this migration wrote to.
[AcceptedRisk("primary-key", "The ledger of schemas was empty until now, and nothing refers to it.")]
[AcceptedRisk("index-blocks", "The ledger of schemas was empty until now.")]
[AcceptedRisk("check-validated", "The ledger of schemas was empty until now.")]
[AcceptedRisk("drop-constraint", "Only the worker may touch the ledger, and no earlier one did.")]
[AcceptedRisk("drop-in-use", "Only the worker may touch the ledger, and no earlier one did.")]
public partial class Placement;
