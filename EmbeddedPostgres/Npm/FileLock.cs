namespace TenantPlatform.EmbeddedPostgres.Npm;

/// <summary>A lock between processes; the operating system releases it when its holder dies.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <param name="waiting">Called once when another process holds the lock.</param>
    public static async Task<FileLock> AcquireAsync(string path, Action? waiting, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } stream)
                return new FileLock(stream);
            if (attempt == 0)
                waiting?.Invoke();
            await Task.Delay(RetryInterval, cancellationToken);
        }
    }

    // The file stays: deleting it would let two processes lock two different files of the same name.
    public void Dispose() => stream.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(path))
        {
            return null;
        }
    }
}
