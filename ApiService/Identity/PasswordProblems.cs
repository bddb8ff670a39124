using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.Data.Identity;

namespace TenantPlatform.ApiService.Identity;

internal static class PasswordProblems
{
    /// <summary>Why somebody is not signed in by this attempt, the same for an address that nobody has. Null if it is right.</summary>
    public static ProblemHttpResult? SignInProblem(this PasswordAttempt attempt, HttpContext http)
    {
        if (attempt is { IsRight: false, Wait: null })
        {
            http.Response.Headers.WWWAuthenticate = BearerToken.Scheme;
            return ProblemType.InvalidCredentials.Result();
        }

        return attempt.Problem(http);
    }

    /// <summary>Why somebody who is signed in may not go on. Not 401, upon which clients would drop the session.</summary>
    public static ProblemHttpResult? Problem(this PasswordAttempt attempt, HttpContext http)
    {
        if (attempt.Wait is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ProblemType.TooManyFailures.Result("Wait as long as Retry-After says, or choose a new password by forgot-password.");
        }

        return attempt.IsRight ? null : ProblemType.WrongPassword.Result();
    }

    /// <summary>Null if the user is in good standing. Only for those who have proven who they are.</summary>
    public static ProblemHttpResult? StandingProblem(this User user, DateTimeOffset now)
    {
        if (user.Banned && (user.BanExpires is null || user.BanExpires > now))
        {
            return ProblemType.AccountBanned.Result(null, ("until", user.BanExpires));
        }

        return user.Status == UserStatus.Suspended ? ProblemType.AccountBanned.Result(null, ("until", null)) : null;
    }
}
