namespace TenantPlatform.EmbeddedPostgres;

/// <summary>The message is written for people: what happened and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    internal bool IsOccupiedPort { get; init; }
}
