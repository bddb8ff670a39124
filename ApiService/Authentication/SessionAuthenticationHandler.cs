using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Authentication;

/// <summary>Knows users by the token of their session: a bearer token, or else a cookie.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    /// <summary>Authentication type of those whose token came in a cookie.</summary>
    public const string Cookie = "Cookie";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Credentials in the header are meant; a cookie merely comes along.
        var (token, type) = Request.Headers.Authorization.Count > 0 ? (BearerToken.Read(Request), SchemeName) : (SessionCookie.Read(Context), Cookie);

        if (!SessionToken.IsWellFormed(token))
        {
            return AuthenticateResult.NoResult();
        }

        return await sessions.FindAsync(token, Context.RequestAborted) is { } session
            ? AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Create(session.UserId, session.Id, type, session.ImpersonatedBy), SchemeName))
            : AuthenticateResult.Fail("No such session, or it has ended.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count > 0 ? $"{BearerToken.Scheme} error=\"invalid_token\"" : BearerToken.Scheme;
        return Task.CompletedTask;
    }
}
