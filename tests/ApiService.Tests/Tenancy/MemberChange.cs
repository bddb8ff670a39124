namespace TenantPlatform.ApiService.Tests.Tenancy;

/// <summary>Bodies that change a member.</summary>
internal static class MemberChange
{
    public static object To(params string[] roles) => new { roles, status = "active" };

    public static object Suspended(params string[] roles) => new { roles, status = "suspended" };
}
