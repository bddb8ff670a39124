namespace TenantPlatform.Bench.Worker;

/// <summary>What a scenario has found.</summary>
/// <param name="Goal">What it should be, in words; null for what is only told.</param>
/// <param name="Reached">Null where there is no goal.</param>
internal sealed record Figure(string Scenario, string What, string Value, string? Goal = null, bool? Reached = null);
