using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>Finds out whom the issuer vouches for with a token, if it does.</summary>
internal sealed class TokenVerifier(IssuerKeys issuers, IOptions<OidcOptions> options, TimeProvider time)
{
    // What the database keeps of it.
    private const int MaximumSubjectLength = 255;

    private readonly TimeSpan skew = TimeSpan.FromSeconds(options.Value.ClockSkewSeconds);

    /// <exception cref="IssuerUnavailableException">The issuer's keys are not known and cannot be asked for.</exception>
    public async Task<TokenVerdict> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (SignedToken.Read(text) is not { } token)
        {
            return TokenVerdict.Refused("The token cannot be read, or is signed in a way that is not accepted.");
        }

        var issuer = await issuers.FindAsync(token.KeyId, cancellationToken) ?? throw new IssuerUnavailableException();

        return issuer.Keys.Any(key => key.Signed(token))
            ? Judge(token.Claims, issuer)
            : TokenVerdict.Refused("The token is not signed with a key of the issuer.");
    }

    private TokenVerdict Judge(JsonElement claims, Issuer issuer)
    {
        var now = time.GetUtcNow();

        return SignedToken.Text(claims, options.Value.SubjectClaim) switch
        {
            _ when SignedToken.Text(claims, "iss") != issuer.Name => TokenVerdict.Refused("The token is another issuer's."),
            _ when !Audiences(claims).Contains(options.Value.Audience) => TokenVerdict.Refused("The token is for another audience."),
            _ when Time(claims, "exp") is not { } expires || expires + skew <= now => TokenVerdict.Refused("The token has expired."),
            _ when claims.TryGetProperty("nbf", out _) && !(Time(claims, "nbf") - skew <= now) => TokenVerdict.Refused("The token is not valid yet."),
            { Length: > 0 and <= MaximumSubjectLength } subject when !subject.Any(char.IsControl) => new TokenVerdict(Identity(subject, claims), null),
            _ => TokenVerdict.Refused($"The token has no {options.Value.SubjectClaim}."),
        };
    }

    private ExternalIdentity Identity(string subject, JsonElement claims) => new(
        subject,
        SignedToken.Text(claims, options.Value.EmailClaim)?.Trim().ToLowerInvariant(),
        claims.TryGetProperty(options.Value.EmailVerifiedClaim, out var verified) && IsTrue(verified),
        SignedToken.Text(claims, options.Value.NameClaim));

    // Some issuers write it as a string.
    private static bool IsTrue(JsonElement value) =>
        value.ValueKind is JsonValueKind.True || (value.ValueKind is JsonValueKind.String && value.ValueEquals("true"));

    private static IEnumerable<string?> Audiences(JsonElement claims) => !claims.TryGetProperty("aud", out var audience) ? [] : audience.ValueKind switch
    {
        JsonValueKind.String => [audience.GetString()],
        JsonValueKind.Array => audience.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String).Select(one => one.GetString()),
        _ => [],
    };

    // Seconds since 1970, with a fraction if the issuer likes; what no calendar has is no time.
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_799 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
}

/// <summary>One of the two is null.</summary>
internal sealed record TokenVerdict(ExternalIdentity? Identity, string? Refusal)
{
    public static TokenVerdict Refused(string reason) => new(null, reason);
}

/// <summary>Who somebody is at the issuer.</summary>
internal sealed record ExternalIdentity(string Subject, string? Email, bool EmailVerified, string? Name);

internal sealed class IssuerUnavailableException() : Exception("The issuer's keys are not known and cannot be asked for.");
