using System.Diagnostics;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>How far a run is: one line that is written over on a terminal, elsewhere a plain line every few seconds.</summary>
internal sealed class ApplyProgress(TextWriter output, bool terminal)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long started;
    private long written;
    private int total;
    private int done;
    private int failed;
    private string place = "";

    /// <summary>Says nothing.</summary>
    public static ApplyProgress None => new(TextWriter.Null, terminal: false);

    public void Begin(int schemas)
    {
        total = schemas;
        started = written = Stopwatch.GetTimestamp();
    }

    public void Wave(int wave, int schemas)
    {
        lock (gate)
        {
            place = wave == 0 ? $"canaries ({schemas})" : $"wave {wave} ({schemas})";
            Write(OnTerminal);
        }
    }

    public void Done() => Count(ref done);

    public void Failed() => Count(ref failed);

    public void End()
    {
        lock (gate)
        {
            Write(TimeSpan.Zero);

            if (terminal)
            {
                output.WriteLine();
            }
        }
    }

    private void Count(ref int counter)
    {
        lock (gate)
        {
            counter++;
            Write(terminal ? OnTerminal : Elsewhere);
        }
    }

    private void Write(TimeSpan atMost)
    {
        if (Stopwatch.GetElapsedTime(written) < atMost)
        {
            return;
        }

        written = Stopwatch.GetTimestamp();
        var rate = done / Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds);
        var text = FormattableString.Invariant($"Schemas: {done + failed}/{total}, {failed} failed, {rate:0.0}/s, {place}");

        if (terminal)
        {
            output.Write($"\r{text}\e[K");
        }
        else
        {
            output.WriteLine(text);
        }
    }
}
