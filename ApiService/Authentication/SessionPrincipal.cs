using System.Security.Claims;

namespace TenantPlatform.ApiService.Authentication;

internal static class SessionPrincipal
{
    private const string SessionId = "session_id";
    private const string ImpersonatedBy = "impersonated_by";

    public static ClaimsPrincipal Create(Guid userId, Guid sessionId, string authenticationType, Guid? impersonatedBy = null)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, userId.ToString()), new Claim(SessionId, sessionId.ToString())], authenticationType);

        if (impersonatedBy is { } impersonator)
        {
            identity.AddClaim(new Claim(ImpersonatedBy, impersonator.ToString()));
        }

        return new ClaimsPrincipal(identity);
    }

    public static Guid GetUserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static Guid GetSessionId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(SessionId)!);

    /// <summary>The member of the platform's staff who acts as the user; null when the user acts.</summary>
    public static Guid? GetImpersonator(this ClaimsPrincipal user) =>
        user.FindFirstValue(ImpersonatedBy) is { } id ? Guid.Parse(id) : null;
}
