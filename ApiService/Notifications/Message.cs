namespace TenantPlatform.ApiService.Notifications;

/// <summary>What a person gets to read, and what it was made of.</summary>
internal sealed record Message(string Kind, string Recipient, string Subject, string Text, IReadOnlyDictionary<string, string> Values);
