using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace TenantPlatform.ApiService.Tests.Notifications;

/// <summary>As much of a mail server as the sender talks to.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly string toRecipient;
    private readonly Task serving;

    /// <param name="toRecipient">What it answers when it is told for whom the mail is.</param>
    public FakeSmtpServer(string toRecipient = "250 ok")
    {
        this.toRecipient = toRecipient;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Mails as they came, headers first.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>The settings of an API that sends through it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Notifications:Host"] = "127.0.0.1",
        ["Notifications:Port"] = $"{Port}",
        ["Notifications:Tls"] = "false",
        ["Notifications:From"] = "noreply@example.org",
        ["Notifications:LinkBase"] = "https://api.example.org/",
    };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await serving;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await TalkAsync(client);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 fake");

        while (await reader.ReadLineAsync(stopping.Token) is { } line && line is not "QUIT")
        {
            await writer.WriteLineAsync(line.Split(' ', ':')[0] switch { "RCPT" => toRecipient, "DATA" => "354 go on", _ => "250 ok" });

            if (line is "DATA")
            {
                Mails.Enqueue(await ReadMailAsync(reader));
                await writer.WriteLineAsync("250 ok");
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();

        while (await reader.ReadLineAsync(stopping.Token) is { } line && line is not ".")
            mail.Append(line).Append('\n');

        return mail.ToString();
    }
}
