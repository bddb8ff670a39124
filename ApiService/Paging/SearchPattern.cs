namespace TenantPlatform.ApiService.Paging;

/// <summary>What people search for is a text and no pattern, so % and _ are looked for as they are.</summary>
internal static class SearchPattern
{
    public const string Escape = "\\";

    public static string Containing(string text) =>
        $"%{text.Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
