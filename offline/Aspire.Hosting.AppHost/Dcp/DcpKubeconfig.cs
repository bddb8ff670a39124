namespace Aspire.Hosting.Dcp;

/// <summary>Where the orchestrator listens, and the token it wants.</summary>
internal sealed record DcpKubeconfig(Uri Server, string Token)
{
    /// <returns>Null while the orchestrator has not written the whole file.</returns>
    public static DcpKubeconfig? TryRead(string path)
    {
        if (!File.Exists(path) || File.ReadAllText(path) is not { } text || !text.EndsWith('\n'))
            return null;

        var values = text.Split('\n')
            .Select(line => line.Trim().Split(": ", 2))
            .Where(parts => parts is ["server" or "token", _])
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('"'));
        return values.TryGetValue("server", out var server) && values.TryGetValue("token", out var token)
            ? new DcpKubeconfig(new Uri(server), token)
            : null;
    }
}
