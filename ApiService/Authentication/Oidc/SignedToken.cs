using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>A JSON Web Token as it came, of which nothing may be believed before its signature is checked.</summary>
internal sealed record SignedToken(SignatureAlgorithm Algorithm, string? KeyId, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    private const int MaximumLength = 8192;

    // A name that is there twice would let two readers see two tokens.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    // Access tokens and id tokens; logout tokens, for one, are signed with the same keys.
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    public static bool LooksLikeOne([NotNullWhen(true)] string? token) => token?.AsSpan().Count('.') is 2;

    /// <summary>Null when it cannot be read, or asks for what is not understood here.</summary>
    public static SignedToken? Read(string token)
    {
        if (token.Length > MaximumLength || !LooksLikeOne(token))
        {
            return null;
        }

        try
        {
            var parts = token.Split('.');
            var (header, claims) = (Json(parts[0]), Json(parts[1]));
            return IsUnderstood(header) && SignatureAlgorithm.Find(Text(header, "alg")) is { } algorithm && claims.ValueKind is JsonValueKind.Object
                ? new SignedToken(
                    algorithm, Text(header, "kid"), claims, Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length),
                    Base64Url.DecodeFromChars(parts[2]))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool IsUnderstood(JsonElement header) => header.ValueKind is JsonValueKind.Object
        && !header.TryGetProperty("crit", out _)
        && (!header.TryGetProperty("typ", out _) || Types.Contains(Text(header, "typ"), StringComparer.OrdinalIgnoreCase));

    private static JsonElement Json(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        return document.RootElement.Clone();
    }
}
