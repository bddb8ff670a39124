using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>Asks the issuer for its discovery document and its keys.</summary>
internal sealed class IssuerClient(IOptions<OidcOptions> options, TimeProvider time) : IDisposable
{
    private const int MaximumBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaximumBytes,
    };

    /// <exception cref="InvalidDataException">What came is not what an issuer answers.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached, or answers with an error.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<Issuer> AskAsync(CancellationToken cancellationToken)
    {
        var authority = options.Value.Authority!.TrimEnd('/');
        var asked = time.GetUtcNow();
        var discovery = await GetAsync($"{authority}/.well-known/openid-configuration", cancellationToken);

        // Or any issuer's document would do, put where we look.
        if (SignedToken.Text(discovery, "issuer") is not { } name || name.TrimEnd('/') != authority)
        {
            throw new InvalidDataException("The discovery document is another issuer's than the authority that is configured.");
        }

        if (SignedToken.Text(discovery, "jwks_uri") is not { } address || !options.Value.IsAcceptable(address))
        {
            throw new InvalidDataException("The discovery document has no jwks_uri that begins with https.");
        }

        var keys = await GetAsync(address, cancellationToken);
        return keys.TryGetProperty("keys", out var list) && list.ValueKind is JsonValueKind.Array
            ? new Issuer(name, [.. list.EnumerateArray().Select(IssuerKey.Read).OfType<IssuerKey>()], asked)
            : throw new InvalidDataException("The issuer's key set has no keys.");
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> GetAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await http.GetByteArrayAsync(address, cancellationToken));
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new InvalidDataException($"{address} answers JSON that is no object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{address} does not answer JSON.", e);
        }
    }
}
