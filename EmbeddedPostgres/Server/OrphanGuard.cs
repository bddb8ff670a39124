using System.Diagnostics;
using System.Globalization;

namespace TenantPlatform.EmbeddedPostgres.Server;

/// <summary>
/// A small shell that outlives this process if it is killed, and then shuts the server down and removes its temporary folder.
/// It reads from a pipe of ours: a line means farewell, the pipe's end means that we died.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        trap '' HUP INT QUIT TERM
        read -r farewell && exit
        kill -INT "$1" 2>/dev/null
        [ -z "$2" ] && exit
        while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
        rm -rf "$2"
        """;

    private readonly Process shell;

    public OrphanGuard(int serverId, string? temporaryFolder)
    {
        var command = new ProcessStartInfo("/bin/sh",
            ["-c", Script, "postgres-orphan-guard", serverId.ToString(CultureInfo.InvariantCulture), temporaryFolder ?? ""])
        { RedirectStandardInput = true, WorkingDirectory = "/" };
        shell = Process.Start(command)!;
    }

    public void Dispose()
    {
        try
        {
            shell.StandardInput.WriteLine("farewell");
            shell.StandardInput.Close();
            shell.WaitForExit();
        }
        catch (IOException)
        {
            // Somebody killed the guard before us.
        }
        shell.Dispose();
    }
}
