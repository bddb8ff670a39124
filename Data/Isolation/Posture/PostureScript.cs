namespace TenantPlatform.Data.Isolation.Posture;

internal static class PostureScript
{
    private const string Subjects = "subjects.sql";

    /// <summary>The rules by theme; each file is one query for what breaks them.</summary>
    public static readonly string[] Themes = ["roles", "settings", "grants", "tables", "keys", "policies", "functions", "views", "server"];

    public static string Query(string theme) => $"{Read(Subjects)}{Read($"{theme}.sql")}";

    public static string Read(string file)
    {
        using var reader = new StreamReader(typeof(PostureScript).Assembly.GetManifestResourceStream($"posture/{file}")!);
        return reader.ReadToEnd();
    }
}
