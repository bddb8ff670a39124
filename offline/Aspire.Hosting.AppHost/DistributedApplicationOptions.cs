namespace Aspire.Hosting;

/// <summary>How an application is built and run.</summary>
public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, when it is not the one that started the process.</summary>
    public string? AssemblyName { get; set; }

    public string? ProjectDirectory { get; set; }

    /// <summary>Without a dashboard a resource stops waiting when its dependency ends.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Allows the dashboard to be served over plain http.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Repeats the console of every resource in the AppHost's log.</summary>
    public bool EnableResourceLogging { get; set; }

    public bool? TrustDeveloperCertificate { get; set; }

    public string? DashboardApplicationName { get; set; }
}
