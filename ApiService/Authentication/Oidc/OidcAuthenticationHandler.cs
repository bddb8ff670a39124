using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>Knows users by the tokens of the issuer that is configured.</summary>
internal sealed class OidcAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenVerifier verifier, ExternalUsers users)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Oidc";

    private const string RetryAfterSeconds = "30";

    private Refusal? refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Read(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var verdict = await verifier.VerifyAsync(token, Context.RequestAborted);
            return verdict.Identity is { } identity
                ? await SignInAsync(identity, token)
                : Refuse(ProblemType.Unauthenticated, verdict.Refusal!);
        }
        catch (IssuerUnavailableException e)
        {
            return Refuse(ProblemType.IssuerUnavailable, e.Message);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var (problem, detail) = refusal ?? new Refusal(ProblemType.Unauthenticated, "");

        if (problem.Status is StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = $"{BearerToken.Scheme} error=\"invalid_token\"";
        }
        else if (problem.Status is StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return problem.Result(detail).ExecuteAsync(Context);
    }

    private async Task<AuthenticateResult> SignInAsync(ExternalIdentity identity, string token)
    {
        var (userId, refused) = await users.FindAsync(identity, Context.RequestAborted);
        return userId is { } id
            ? AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Create(id, SessionOf(token), SchemeName), SchemeName))
            : Refuse(refused!.Problem, refused.Detail);
    }

    private AuthenticateResult Refuse(ProblemType problem, string detail)
    {
        refusal = new Refusal(problem, detail);
        return AuthenticateResult.Fail(detail);
    }

    // There is no session of ours, but what lasts as long as one may last as long as the token.
    private static Guid SessionOf(string token) => new(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, 16));
}
