namespace Aspire.Hosting.Orchestration;

/// <summary>How often a resource's health is asked for: often while it starts, seldom when it is well.</summary>
internal sealed class HealthPollingPace(TimeProvider time)
{
    private static readonly TimeSpan StartPhase = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestUnhealthyInterval = TimeSpan.FromSeconds(5);

    private readonly long began = time.GetTimestamp();
    private bool wasHealthy;
    private int failures;

    public TimeSpan AttemptTimeout => IsStarting ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(20);

    private bool IsStarting => !wasHealthy && time.GetElapsedTime(began) < StartPhase;

    public TimeSpan Next(bool isHealthy)
    {
        wasHealthy |= isHealthy;
        if (isHealthy)
        {
            failures = 0;
            return HealthyInterval;
        }

        if (IsStarting)
            return StartInterval;

        var interval = TimeSpan.FromSeconds(++failures);
        return interval < LongestUnhealthyInterval ? interval : LongestUnhealthyInterval;
    }
}
