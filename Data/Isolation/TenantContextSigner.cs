using System.Text;
using Microsoft.Extensions.Options;

namespace TenantPlatform.Data.Isolation;

/// <summary>
/// Writes a context in the form that the database verifies: v1.tenant.user.scope.expiry.key.signature. Follows the
/// configuration, so a service signs with a new key as soon as its configuration has it.
/// </summary>
public sealed class TenantContextSigner(IOptionsMonitor<TenancyOptions> options, TimeProvider time)
{
    private const int SignatureLength = 32;

    private volatile Signing? last;

    /// <summary>Costs about a microsecond; mint one for each unit of work instead of keeping it.</summary>
    public string Sign(TenantContext context)
    {
        var (tenancy, key) = Current();
        var expiry = time.GetUtcNow().AddSeconds(tenancy.ContextLifetimeSeconds).ToUnixTimeSeconds();
        var tenant = context.TenantId?.ToString() ?? "-";
        var user = context.UserId?.ToString() ?? "-";
        var message = $"v1.{tenant}.{user}.{context.Scope}.{expiry}.{key.Id}";

        Span<byte> signature = stackalloc byte[SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(message), signature);

        return $"{message}.{Convert.ToHexStringLower(signature)}";
    }

    private Signing Current()
    {
        var tenancy = options.CurrentValue;
        return last is { } signing && ReferenceEquals(signing.Options, tenancy)
            ? signing
            : last = new Signing(tenancy, new SigningKey(tenancy.SigningKey));
    }

    private sealed record Signing(TenancyOptions Options, SigningKey Key);
}
