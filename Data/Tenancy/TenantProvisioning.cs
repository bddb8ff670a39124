namespace TenantPlatform.Data.Tenancy;

public static class TenantProvisioning
{
    /// <summary>Where whoever adds a tenant that waits for a schema of its own says so, in the same transaction. The payload is empty.</summary>
    public const string Channel = "tenancy_provisioning";
}
