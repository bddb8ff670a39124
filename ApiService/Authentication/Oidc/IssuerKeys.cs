using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Authentication.Oidc;

/// <summary>
/// The issuer as it was last seen. Asked when first needed, when what is known is old, and when a token names a key that is not
/// known, which is how new keys arrive; but never more often than the pause allows.
/// </summary>
internal sealed class IssuerKeys(IssuerClient client, IOptions<OidcOptions> options, TimeProvider time, ILogger<IssuerKeys> logger) : IDisposable
{
    /// <summary>For how long an issuer that does not answer is believed what it said before.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim asking = new(1);
    private readonly TimeSpan lifetime = TimeSpan.FromSeconds(options.Value.KeyLifetimeSeconds);
    private readonly TimeSpan pause = TimeSpan.FromSeconds(options.Value.KeyRefreshSeconds);
    private volatile Issuer? current;
    private DateTimeOffset lastAsked = DateTimeOffset.MinValue;

    /// <summary>Null while the issuer cannot be asked and was not, or too long ago.</summary>
    public async ValueTask<Issuer?> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (current is { } known && known.Has(keyId) && !IsOlderThan(lifetime, known))
        {
            return known;
        }

        await asking.WaitAsync(cancellationToken);

        try
        {
            var now = time.GetUtcNow();

            if (now - lastAsked >= pause && (current is not { } latest || !latest.Has(keyId) || IsOlderThan(lifetime, latest)))
            {
                lastAsked = now;
                await AskAsync();
            }
        }
        finally
        {
            asking.Release();
        }

        return current is { } issuer && !IsOlderThan(LongestOutage, issuer) ? issuer : null;
    }

    public void Dispose() => asking.Dispose();

    // For all who wait, so none of them may cancel it; the client's own patience ends it.
    private async Task AskAsync()
    {
        try
        {
            current = await client.AskAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            logger.LogError("The issuer {Authority} cannot be asked for its keys: {Reason}", options.Value.Authority, e.GetBaseException().Message);
        }
    }

    private bool IsOlderThan(TimeSpan age, Issuer issuer) => time.GetUtcNow() - issuer.Asked >= age;
}
