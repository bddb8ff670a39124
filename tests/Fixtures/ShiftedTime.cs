namespace TenantPlatform.Fixtures;

/// <summary>A clock that runs, but is wrong by so much.</summary>
public sealed class ShiftedTime(TimeSpan shift = default) : TimeProvider
{
    public TimeSpan Shift { get; set; } = shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
