using System.Security.Claims;

namespace TenantPlatform.ApiService.Authentication;

internal static class SessionPrincipal
{
    private const string SessionId = "session_id";

    public static ClaimsPrincipal Create(Guid userId, Guid sessionId, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, userId.ToString()), new Claim(SessionId, sessionId.ToString())], scheme));

    public static Guid GetUserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static Guid GetSessionId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(SessionId)!);
}
