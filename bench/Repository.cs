namespace TenantPlatform.Bench;

/// <summary>A checkout of this repository, with its programs built for the configuration that the benchmark itself was built for.</summary>
internal sealed record Repository(string Root)
{
    private static readonly string Built = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The one that the benchmark was built in.</summary>
    public static Repository Own { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <exception cref="BenchException">It has not been built.</exception>
    public string Program(string project, string name)
    {
        var path = Path.Combine(Root, project, "bin", Built, "net10.0", $"{name}.dll");
        return File.Exists(path) ? path : throw new BenchException($"{path} does not exist: build that checkout with 'dotnet build -c {Built}'.");
    }

    private static Repository Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new BenchException("No folder above the benchmark has TenantPlatform.sln: run it from the checkout."),
        _ when File.Exists(Path.Combine(folder.FullName, "TenantPlatform.sln")) => new Repository(folder.FullName),
        _ => Find(folder.Parent),
    };
}
