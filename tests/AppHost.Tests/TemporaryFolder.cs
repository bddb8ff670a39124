namespace TenantPlatform.AppHost.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tenantplatform-apphost-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
