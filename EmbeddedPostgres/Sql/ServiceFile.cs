namespace TenantPlatform.EmbeddedPostgres.Sql;

/// <summary>A libpq connection service file: sections of name=value lines.</summary>
internal sealed class ServiceFile
{
    private const string UsualPlace = ".data/pg_service.conf";
    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);

    private ServiceFile(string path) => Path = path;

    public string Path { get; }

    /// <param name="path">Null = the usual place in the current folder or the nearest one above it.</param>
    public static ServiceFile Open(string? path)
    {
        var found = path is null ? Search(Directory.GetCurrentDirectory()) : System.IO.Path.GetFullPath(path);
        if (found is null || !File.Exists(found))
            throw new EmbeddedPostgresException(
                $"There is no {path ?? UsualPlace}, which says how to connect: start the AppHost first (dotnet run --project AppHost), and leave it running.");
        try
        {
            return Parse(found, File.ReadLines(found));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedPostgresException($"{found} may only be read by the user who runs the AppHost: run this as the same user.", e);
        }
    }

    /// <summary>"owner" and "tp_owner" both name the section tp_owner.</summary>
    public (string Section, IReadOnlyDictionary<string, string> Values) Find(string role)
    {
        foreach (var name in (string[])[role, "tp_" + role])
        {
            if (sections.TryGetValue(name, out var values))
                return (name, values);
        }
        throw new EmbeddedPostgresException($"{Path} knows no role \"{role}\": choose one of {string.Join(", ", sections.Keys)}.");
    }

    internal static ServiceFile Parse(string path, IEnumerable<string> lines)
    {
        var file = new ServiceFile(path);
        Dictionary<string, string>? section = null;
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line is ['[', .. var name, ']'])
                file.sections[name] = section = new(StringComparer.Ordinal);
            else if (section is not null && line.Split('=', 2) is [var key, var value])
                section[key.Trim()] = value.Trim();
        }
        return file;
    }

    private static string? Search(string folder)
    {
        for (DirectoryInfo? current = new(folder); current is not null; current = current.Parent)
        {
            var candidate = System.IO.Path.Combine(current.FullName, UsualPlace);
            if (File.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
