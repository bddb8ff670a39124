namespace TenantPlatform.Data.AccessChanges;

/// <summary>How changes travel between processes: ids, nothing else, in the payloads of PostgreSQL notifications.</summary>
public static class AccessChangeNotification
{
    public const string Channel = "tenancy_changes";

    // 34 characters each; PostgreSQL takes payloads shorter than 8000 bytes.
    private const int ChangesPerPayload = 200;

    // Above it, forgetting everything is cheaper than the notifications.
    private const int MaximumChanges = 2000;

    public static AccessChange[] Read(string payload) => [.. payload.Split(' ').Select(part => AccessChange.Parse(part))];

    internal static string[] Write(IReadOnlyCollection<AccessChange> changes) =>
        changes.Count > MaximumChanges || changes.Contains(AccessChange.OfEverything)
            ? [AccessChange.OfEverything.ToString()]
            : [.. changes.Chunk(ChangesPerPayload).Select(chunk => string.Join(' ', chunk))];
}
