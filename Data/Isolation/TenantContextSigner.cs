using System.Text;
using Microsoft.Extensions.Options;

namespace TenantPlatform.Data.Isolation;

/// <summary>Writes a context in the form that the database verifies: v1.tenant.user.scope.expiry.key.signature.</summary>
public sealed class TenantContextSigner(IOptions<TenancyOptions> options, TimeProvider time)
{
    private const int SignatureLength = 32;

    private readonly SigningKey key = new(options.Value.SigningKey);
    private readonly TimeSpan lifetime = TimeSpan.FromSeconds(options.Value.ContextLifetimeSeconds);

    /// <summary>Costs about a microsecond; mint one for each unit of work instead of keeping it.</summary>
    public string Sign(TenantContext context)
    {
        var expiry = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var tenant = context.TenantId?.ToString() ?? "-";
        var user = context.UserId?.ToString() ?? "-";
        var message = $"v1.{tenant}.{user}.{context.Scope}.{expiry}.{key.Id}";

        Span<byte> signature = stackalloc byte[SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(message), signature);

        return $"{message}.{Convert.ToHexStringLower(signature)}";
    }
}
