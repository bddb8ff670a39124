namespace TenantPlatform.Data.Isolation;

/// <summary>
/// The verified claims of the tenant context, as policies write them. The sub-select makes PostgreSQL check the
/// signature once per statement; bare, the function runs for every row.
/// </summary>
internal static class Claim
{
    public const string TenantId = "(select tenancy.tenant_id())";
    public const string UserId = "(select tenancy.user_id())";
    public const string Scope = "(select tenancy.scope())";

    /// <summary>No context has this scope: only the owner, whom policies do not hold, gets at such rows.</summary>
    public const string WorkerOnly = $"{Scope} = 'worker'";
}
