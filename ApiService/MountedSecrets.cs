using Microsoft.Extensions.FileProviders;

namespace TenantPlatform.ApiService;

/// <summary>
/// A folder with one file for each setting, as orchestrators mount secrets: Tenancy__SigningKey holds the signing key.
/// Changes are taken over while the API runs.
/// </summary>
internal static class MountedSecrets
{
    public const string FolderSetting = "Secrets:Folder";

    /// <exception cref="InvalidOperationException">The folder does not exist.</exception>
    public static void AddMountedSecrets(this ConfigurationManager configuration)
    {
        if (configuration[FolderSetting] is not { Length: > 0 } folder)
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException($"The folder {folder} of the setting {FolderSetting} does not exist: mount the secrets there, or remove the setting.");
        }

        configuration.AddKeyPerFile(source =>
        {
            // Polled, because Kubernetes replaces the target of a symbolic link, which the file system does not report.
            source.FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)) { UsePollingFileWatcher = true, UseActivePolling = true };
            source.ReloadOnChange = true;
        });
    }
}
