namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>On a migration: what one rule finds in it is known and taken. It stays in the list, with the reason.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class AcceptedRiskAttribute(string rule, string reason) : Attribute
{
    public string Rule => rule;

    /// <summary>A sentence: why nobody is hurt.</summary>
    public string Reason => reason;
}
