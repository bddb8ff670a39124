namespace TenantPlatform.Data.Isolation.Posture;

/// <param name="Findings">Errors come first; an empty list is a good answer.</param>
/// <param name="Examined">How many of the schemas that one tenant has alone, or none has yet, were looked into.</param>
/// <param name="Dedicated">How many of those there are.</param>
public sealed record PostureReport(IReadOnlyList<PostureFinding> Findings, int Examined, int Dedicated);
