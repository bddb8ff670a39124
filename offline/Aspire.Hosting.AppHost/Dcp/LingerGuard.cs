using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// A small shell that outlives this process if it is killed. The orchestrator then ends what it started, but one of its
/// processes lingers for two seconds after its session folder has gone; the shell spares us those.
/// </summary>
internal sealed class LingerGuard : IDisposable
{
    // A line from our pipe means farewell; the pipe's end means that we died. Terminal signals are for us, not for the shell.
    private const string Script = """
        trap '' HUP INT QUIT TERM
        read -r farewell && exit
        session=$1; shift
        attempts=0
        while [ -d "$session" ] && [ $attempts -lt 100 ]; do sleep 0.1; attempts=$((attempts + 1)); done
        [ -d "$session" ] || kill -KILL "$@" 2>/dev/null
        """;

    private readonly Process shell;

    public LingerGuard(string session, IEnumerable<int> orchestrator)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "dcp-linger-guard", session]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var id in orchestrator)
            start.ArgumentList.Add(id.ToString(CultureInfo.InvariantCulture));
        shell = Process.Start(start)!;
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
