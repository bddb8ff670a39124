namespace TenantPlatform.Fixtures;

/// <summary>A clock that runs, but is wrong by so much.</summary>
public sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
