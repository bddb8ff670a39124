namespace TenantPlatform.MigrationWorker.Lint;

/// <summary>On a migration that drops something: the release that no longer used it, which must have been deployed everywhere before.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class UnusedSinceAttribute(string subject, string release) : Attribute
{
    /// <summary>A table, or a column as table.column.</summary>
    public string Subject => subject;

    public string Release => release;
}
