using System.ComponentModel.DataAnnotations;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Platform;

/// <summary>Asks for something that ends by itself.</summary>
public sealed class LimitedTimeRequest
{
    public const int MaximumMinutes = 60;

    /// <summary>For the audit log.</summary>
    [Required, StringLength(500, MinimumLength = 1)]
    public string Reason { get; set; } = "";

    [Required, Range(1, MaximumMinutes)]
    public int? Minutes { get; set; }

    internal DateTimeOffset EndFrom(DateTimeOffset now) => now.AddMinutes(Minutes!.Value);
}

internal sealed record TenantEntryResponse(Guid Id, Guid TenantId, string Reason, DateTimeOffset Created, DateTimeOffset Expires)
{
    public static TenantEntryResponse From(TenantEntry entry) => new(entry.Id, entry.TenantId, entry.Reason, entry.Created, entry.Expires);
}
