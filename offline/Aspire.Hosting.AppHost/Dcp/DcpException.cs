namespace Aspire.Hosting.Dcp;

/// <summary>The orchestrator cannot be had or refuses something; the message is a sentence for people.</summary>
internal sealed class DcpException : DistributedApplicationException
{
    public DcpException(string message) : base(message)
    {
    }

    public DcpException(string message, Exception inner) : base(message, inner)
    {
    }
}
