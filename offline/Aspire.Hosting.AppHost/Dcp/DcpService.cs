namespace Aspire.Hosting.Dcp;

/// <summary>
/// A named port. Proxied: the orchestrator listens on it (on any free port when null) and passes connections on to the
/// executables that produce it. Not proxied: the executable itself listens on the port, which must be given.
/// </summary>
internal sealed record DcpService(string Name, int? Port, bool Proxied);

/// <summary>Where consumers reach a service.</summary>
internal sealed record DcpAddress(string Host, int Port);
