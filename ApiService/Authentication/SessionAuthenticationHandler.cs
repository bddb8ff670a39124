using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TenantPlatform.Data;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Authentication;

/// <summary>Knows users by the bearer token of their session. One query per request, so that a sign-out takes effect at once.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TenancyDb<PlatformDbContext> platform)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    public const string Bearer = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        var (hash, now) = (SessionToken.Hash(token), TimeProvider.GetUtcNow());
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var session = await db.Sessions
            .Where(session => session.TokenHash == hash && session.Expires > now && session.User.Deleted == null)
            .Select(session => new { session.Id, session.UserId })
            .SingleOrDefaultAsync(Context.RequestAborted);

        return session is null
            ? AuthenticateResult.Fail("No such session, or it has expired.")
            : AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Create(session.UserId, session.Id, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : Bearer;
        return Task.CompletedTask;
    }

    private string? Token() =>
        AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
        && header.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase)
        && SessionToken.IsWellFormed(header.Parameter) ? header.Parameter : null;
}
