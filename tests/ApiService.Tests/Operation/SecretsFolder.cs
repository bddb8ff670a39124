namespace TenantPlatform.ApiService.Tests.Operation;

/// <summary>A folder as Kubernetes mounts a secret: files are links into ..data, itself a link that is replaced.</summary>
internal sealed class SecretsFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory();
    private int versions;

    public SecretsFolder(string name, string value)
    {
        Write(name, value);
        File.CreateSymbolicLink(System.IO.Path.Combine(root.FullName, name), System.IO.Path.Combine("..data", name));
    }

    public string Path => root.FullName;

    public void Write(string name, string value)
    {
        var version = root.CreateSubdirectory($"..{++versions}");
        File.WriteAllText(System.IO.Path.Combine(version.FullName, name), value + "\n");
        var link = System.IO.Path.Combine(root.FullName, "..data");
        File.Delete(link);
        File.CreateSymbolicLink(link, version.Name);
    }

    public void Dispose() => root.Delete(recursive: true);
}
