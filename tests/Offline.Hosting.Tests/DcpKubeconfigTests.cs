using Aspire.Hosting.Dcp;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class DcpKubeconfigTests : IDisposable
{
    private const string Whole = "clusters:\n- cluster:\n    server: https://127.0.0.1:4711/\n  name: x\nusers:\n- user:\n    token: abc\n";

    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void Server_and_token_are_found()
    {
        File.WriteAllText(file, Whole);

        Assert.Equal(new DcpKubeconfig(new Uri("https://127.0.0.1:4711/"), "abc"), DcpKubeconfig.TryRead(file));
    }

    [Fact]
    public void A_half_written_file_is_not_read()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            File.WriteAllText(file, Whole[..length]);

            Assert.Null(DcpKubeconfig.TryRead(file));
        }
    }

    public void Dispose() => File.Delete(file);
}
