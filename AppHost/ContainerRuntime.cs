using System.ComponentModel;
using System.Diagnostics;

namespace TenantPlatform.AppHost;

internal static class ContainerRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether a Docker engine is running; the client alone is often installed without one. Takes up to 3 seconds.</summary>
    public static bool Answers()
    {
        try
        {
            using var docker = Process.Start(new ProcessStartInfo("docker", ["version", "--format", "{{.Server.Version}}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;

            if (docker.WaitForExit(Patience))
            {
                return docker.ExitCode == 0;
            }

            docker.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
