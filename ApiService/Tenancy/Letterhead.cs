using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;

namespace TenantPlatform.ApiService.Tenancy;

/// <summary>What a message in a tenant's name says of it and of who sends it.</summary>
internal sealed partial record Letterhead(string Tenant, string Sender, TenantSettings Settings)
{
    /// <summary>On one line each: what people call themselves must not look like the text of the message.</summary>
    public static Letterhead Create(string tenant, string? sender, TenantSettings settings) =>
        new(OneLine(tenant), OneLine(sender ?? "Somebody"), settings);

    /// <summary>What the text of an invitation is made of.</summary>
    public Dictionary<string, string> Values(Guid tenantId, string token, DateTimeOffset expires) => new()
    {
        ["tenantId"] = tenantId.ToString(),
        ["token"] = token,
        ["tenant"] = Tenant,
        ["inviter"] = Sender,
        ["expires"] = string.Create(CultureInfo.InvariantCulture, $"{expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
    };

    public static string OneLine(string text) => Breaks().Replace(text, " ").Trim();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Breaks();
}

internal static class LetterheadQuery
{
    public static async Task<Letterhead> LetterheadAsync(this PlatformDbContext db, CurrentTenant current, CancellationToken cancellationToken)
    {
        var tenant = await db.Tenants.Where(row => row.Id == db.TenantId).Select(row => new { row.Name, row.Settings }).SingleAsync(cancellationToken);
        var sender = await db.MemberProfiles().Where(profile => profile.UserId == current.Context.UserId)
            .Select(profile => profile.Name ?? profile.Email)
            .SingleOrDefaultAsync(cancellationToken);

        return Letterhead.Create(tenant.Name, sender, tenant.Settings);
    }
}
