using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.Data;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

internal sealed class SessionIssuer(IOptions<SessionLifetimeOptions> options, TimeProvider time)
{
    private const int UserAgentLength = 256;

    /// <summary>Adds a session to <paramref name="db"/>, whose changes the caller saves. The token is in the answer and nowhere else.</summary>
    public (string Token, Session Session) Issue(PlatformDbContext db, User user, HttpContext http) =>
        IssueFor(db, user, http, new(null, time.GetUtcNow().AddDays(options.Value.LifetimeDays)));

    /// <summary>The same, in the scope of whom <paramref name="terms"/> name, who acts as the user in it.</summary>
    public static (string Token, Session Session) IssueFor(PlatformDbContext db, User user, HttpContext http, SessionTerms terms)
    {
        var token = SessionToken.Generate();
        var session = new Session
        {
            UserId = user.Id,
            TokenHash = SessionToken.Hash(token),
            Expires = terms.Expires,
            ImpersonatedBy = terms.ImpersonatedBy,
            IpAddress = http.Connection.RemoteIpAddress?.ToString(),
            UserAgent = UserAgentOf(http.Request),
        };
        db.Sessions.Add(session);

        return (token, session);
    }

    // Cut between characters: half of a surrogate pair cannot be stored.
    public static string? UserAgentOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var length = Math.Min(agent.Length, UserAgentLength);
        return length is 0 ? null : agent[..(char.IsHighSurrogate(agent[length - 1]) ? length - 1 : length)];
    }
}

internal readonly record struct SessionTerms(Guid? ImpersonatedBy, DateTimeOffset Expires);
