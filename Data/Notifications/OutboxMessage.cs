namespace TenantPlatform.Data.Notifications;

/// <summary>A message to a person, written in the transaction that gave rise to it and sent at least once after its commit.</summary>
public sealed class OutboxMessage : ITimestamped
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What the message is about, for example verify-email.</summary>
    public required string Kind { get; init; }

    /// <summary>Email address of the person.</summary>
    public required string Recipient { get; init; }

    /// <summary>What the message says, encrypted because it can hold a one-time token; null once it is sent or given up.</summary>
    public byte[]? Payload { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not before; null once it is sent or given up.</summary>
    public DateTimeOffset? NextAttempt { get; set; }

    public DateTimeOffset? Sent { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Deleted { get; set; }
}
