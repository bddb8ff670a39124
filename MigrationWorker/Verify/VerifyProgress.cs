using System.Diagnostics;

namespace TenantPlatform.MigrationWorker.Verify;

/// <summary>How far a long run is: a line that is written over on a terminal, elsewhere one every few seconds. A short run says nothing.</summary>
internal sealed class VerifyProgress(TextWriter output, bool terminal)
{
    private readonly TimeSpan interval = terminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();

    private long written;
    private bool shown;

    public void Report(int done, int total)
    {
        lock (gate)
        {
            if (written == 0)
            {
                written = Stopwatch.GetTimestamp();
            }

            if (Stopwatch.GetElapsedTime(written) < interval)
            {
                return;
            }

            (written, shown) = (Stopwatch.GetTimestamp(), true);
            output.Write($"{(terminal ? "\r" : "")}Schemas compared: {done} of {total}{(terminal ? "\e[K" : "\n")}");
        }
    }

    public void End()
    {
        if (terminal && shown)
        {
            output.WriteLine();
        }
    }
}
