namespace TenantPlatform.MigrationWorker.Keys;

/// <summary>A row of tenancy.signing_keys, without its pads.</summary>
internal sealed record StoredKey(string Id, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked, KeyState State)
{
    public bool IsLive => State is KeyState.Valid or KeyState.Expiring;
}

/// <summary>By the clock of the database.</summary>
internal enum KeyState
{
    Valid,
    Expiring,
    Expired,
    Revoked,
}
