namespace TenantPlatform.EmbeddedPostgres;

/// <summary>How one server is to run; everything has a default that suits a test.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Where the data lives between runs; null = a temporary folder that is deleted when the server is disposed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The TCP port on the loopback interface; null or 0 = a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Of the superuser "postgres", whatever it was in earlier runs; null = a random one.</summary>
    public string? Password { get; init; }

    /// <summary>True = survives a power cut; null = as long as there is a <see cref="DataDirectory"/>.</summary>
    public bool? Durable { get; init; }

    /// <summary>Settings of postgresql.conf, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Receives a line for each thing that takes time or that people should know.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Receives each line of the server's log, from another thread.</summary>
    public Action<string>? Log { get; init; }

    internal bool IsDurable => Durable ?? DataDirectory is not null;

    internal void Report(string line) => Progress?.Invoke(line);
}
