using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.RateLimits;

namespace TenantPlatform.ApiService.Identity;

internal static class IdentityEndpoints
{
    public static RouteGroupBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Identity");

        var anonymous = auth.MapGroup("/").RequireRateLimiting(SignInRateLimit.Policy)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status429TooManyRequests);
        anonymous.MapSignUp();
        anonymous.MapSignIn();
        anonymous.MapPasswordRecovery();
        anonymous.MapEmailConfirmation();

        var signedIn = auth.MapGroup("/").RequireAuthorization(Policies.User).ProducesProblem(StatusCodes.Status401Unauthorized);
        signedIn.MapProfile();

        // Hashes passwords as sign-ins do, so it is limited with them.
        var passwordAsked = signedIn.MapGroup("/").RequireRateLimiting(SignInRateLimit.Policy).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);
        passwordAsked.MapPasswordChange();
        passwordAsked.MapEmailChange();
        passwordAsked.MapAccountDeletion();

        return auth;
    }
}
