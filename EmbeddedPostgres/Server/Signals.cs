using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TenantPlatform.EmbeddedPostgres.Server;

internal static class Signals
{
    public static void Send(Process process, int signal)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else if (!process.HasExited)
            _ = kill(process.Id, signal);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int kill(int pid, int signal);
}
