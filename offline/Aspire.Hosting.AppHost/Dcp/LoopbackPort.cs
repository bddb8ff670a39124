using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Dcp;

/// <summary>The orchestrator says nothing about a port that it cannot have, so it is tried beforehand.</summary>
internal static class LoopbackPort
{
    public static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
