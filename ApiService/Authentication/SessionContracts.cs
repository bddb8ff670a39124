using System.Linq.Expressions;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Authentication;

/// <param name="Current">The session in which this was asked.</param>
/// <param name="Impersonated">Somebody of the platform's staff acts as the user in it.</param>
internal sealed record OwnSessionResponse(
    Guid Id, DateTimeOffset Created, DateTimeOffset Expires, string? IpAddress, string? UserAgent, bool Current, bool Impersonated)
{
    public static Expression<Func<Session, OwnSessionResponse>> SeenFrom(Guid current) => session => new OwnSessionResponse(
        session.Id, session.Created, session.Expires, session.IpAddress, session.UserAgent, session.Id == current, session.ImpersonatedBy != null);
}
