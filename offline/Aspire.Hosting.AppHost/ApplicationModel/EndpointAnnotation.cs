using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place where the resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? port;
    private int? targetPort;
    private string? transport;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool isProxied = true)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? ProtocolName;
        Name = name ?? UriScheme;
        ResourceNames.Validate(Name, "Endpoint");
        this.transport = transport;
        this.port = port;
        this.targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port that others connect to; without a proxy it is the target port.</summary>
    public int? Port { get => port ?? (IsProxied ? null : targetPort); set => port = value; }

    /// <summary>The port that the process binds.</summary>
    public int? TargetPort { get => targetPort ?? (IsProxied ? null : port); set => targetPort = value; }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public string Transport
    {
        get => transport ?? (UriScheme is "http" or "https" ? "http" : ProtocolName);
        set => transport = value;
    }

    public bool IsExternal { get; set; }

    public bool IsProxied { get; set; }

    /// <summary>Null until the orchestrator has reserved an address.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => allocation.Task.IsCompletedSuccessfully ? allocation.Task.Result : null;
        set
        {
            if (value is not null)
                allocation.TrySetResult(value);
        }
    }

    internal Task<AllocatedEndpoint> Allocation => allocation.Task;

    internal bool FromLaunchProfile { get; set; }

    internal string? TargetPortEnvironmentVariable { get; set; }

    internal string ProtocolName => Protocol == ProtocolType.Udp ? "udp" : "tcp";
}

/// <summary>Where an endpoint can be reached while the application runs.</summary>
public class AllocatedEndpoint
{
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);

        Endpoint = endpoint;
        Address = address;
        Port = port;
        TargetPortExpression = targetPortExpression;
    }

    public EndpointAnnotation Endpoint { get; }

    public string Address { get; }

    public int Port { get; }

    /// <summary>What the orchestrator replaces by the port of each process.</summary>
    public string? TargetPortExpression { get; }

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
