using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.Data;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Data.Identity;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.ApiService.Identity;

internal static class IdentityEndpoints
{
    public static RouteGroupBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Identity");

        var anonymous = auth.MapGroup("/").RequireRateLimiting(SignInRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status429TooManyRequests);
        anonymous.MapPost("/sign-up", SignUp).WithName(nameof(SignUp)).ProducesProblem(StatusCodes.Status409Conflict);
        anonymous.MapPost("/sign-in", SignIn).WithName(nameof(SignIn)).ProducesProblem(StatusCodes.Status401Unauthorized);

        var signedIn = auth.MapGroup("/").RequireAuthorization(Policies.User).ProducesProblem(StatusCodes.Status401Unauthorized);
        signedIn.MapPost("/sign-out", SignOut).WithName(nameof(SignOut));
        signedIn.MapGet("/me", GetMe).WithName(nameof(GetMe));

        return auth;
    }

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> SignUp(
        SignUpRequest request, TenancyDb<PlatformDbContext> platform, Passwords passwords, SessionIssuer sessions, HttpContext http,
        CancellationToken cancellationToken)
    {
        var user = new User { Email = Normalized(request.Email), Name = request.Name };
        await using var db = platform.Open(TenantContext.ForAuthentication);
        db.Users.Add(user);
        db.Accounts.Add(new Account
        {
            UserId = user.Id,
            ProviderId = Account.Credential,
            AccountId = user.Id.ToString(),
            Password = passwords.Hash(request.Password),
        });
        var (token, session) = sessions.Issue(db, user, http);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (ConstraintViolation.IsDuplicate(e, "ix_users_email"))
        {
            return ProblemType.EmailTaken.Result("Sign in instead, or use another email.");
        }

        return TypedResults.Created("/auth/me", SessionResponse.From(token, session, user));
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> SignIn(
        SignInRequest request, TenancyDb<PlatformDbContext> platform, Passwords passwords, SessionIssuer sessions, HttpContext http,
        CancellationToken cancellationToken)
    {
        var email = Normalized(request.Email);
        await using var db = platform.Open(TenantContext.ForAuthentication);
        var account = await db.Accounts.Include(account => account.User).SingleOrDefaultAsync(
            account => account.ProviderId == Account.Credential && account.User.Email == email, cancellationToken);

        if (!passwords.Match(account, request.Password))
        {
            http.Response.Headers.WWWAuthenticate = SessionAuthenticationHandler.Bearer;
            return ProblemType.InvalidCredentials.Result();
        }

        var (token, session) = sessions.Issue(db, account.User, http);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(SessionResponse.From(token, session, account.User));
    }

    private static async Task<NoContent> SignOut(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, TimeProvider time, CancellationToken cancellationToken)
    {
        var (sessionId, now) = (user.GetSessionId(), time.GetUtcNow());
        await using var db = platform.Open(TenantContext.ForUser(user.GetUserId()));
        db.Announce(AccessChange.OfUser(user.GetUserId()));
        await db.Sessions.Where(session => session.Id == sessionId).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.Deleted, now).SetProperty(session => session.Updated, now), cancellationToken);

        return TypedResults.NoContent();
    }

    private static async Task<Ok<UserResponse>> GetMe(
        ClaimsPrincipal user, TenancyDb<PlatformDbContext> platform, CancellationToken cancellationToken)
    {
        var userId = user.GetUserId();
        await using var db = platform.Open(TenantContext.ForUser(userId));

        return TypedResults.Ok(UserResponse.From(await db.Users.SingleAsync(me => me.Id == userId, cancellationToken)));
    }

    private static string Normalized(string email) => email.Trim().ToLowerInvariant();
}
