namespace TenantPlatform.ApiService.Authentication;

internal static class Policies
{
    /// <summary>A signed-in user.</summary>
    public const string User = nameof(User);

    /// <summary>A signed-in member of the tenant that the path names. Handlers may then take a TenantDbContext.</summary>
    public const string TenantMember = nameof(TenantMember);

    /// <summary>One of the platform's own staff. To others, the address does not exist.</summary>
    public const string PlatformStaff = nameof(PlatformStaff);
}
