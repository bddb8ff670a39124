namespace Aspire.Hosting.Dcp;

/// <summary>A process; arguments and environment values may hold the orchestrator's templates.</summary>
internal sealed record DcpExecutable
{
    public required string Name { get; init; }
    public required string ExecutablePath { get; init; }
    public required string WorkingDirectory { get; init; }
    public IReadOnlyList<string> Args { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
    public IReadOnlyList<DcpProducer> Produces { get; init; } = [];
}

/// <summary>Says that an executable serves a service; address and port are for services that are not proxied.</summary>
internal sealed record DcpProducer(string ServiceName, string? Address, int? Port);
