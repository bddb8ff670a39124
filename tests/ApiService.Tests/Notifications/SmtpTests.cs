using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace TenantPlatform.ApiService.Tests.Notifications;

public sealed class SmtpTests(ApiFixture fixture)
{
    [Fact]
    public async Task With_a_mail_server_messages_are_sent_and_not_shown()
    {
        await using var server = new FakeSmtpServer();
        await using var api = fixture.Start(server.Settings);
        var email = NewEmail();

        (await api.Anonymous.PostAsync("/auth/sign-up", new { email, password = Password })).Require(HttpStatusCode.Accepted);
        await UntilAsync(() => Task.FromResult(!server.Mails.IsEmpty));

        var parts = Assert.Single(server.Mails).Split("\n\n", 2);
        Assert.Contains($"To: {email}", parts[0], StringComparison.Ordinal);
        Assert.Contains("From: noreply@example.org", parts[0], StringComparison.Ordinal);
        Assert.Contains("POST https://api.example.org/auth/verify-email", Encoding.UTF8.GetString(Convert.FromBase64String(parts[1])), StringComparison.Ordinal);
        (await api.Anonymous.GetAsync("/dev/outbox")).RequireProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_the_mail_server_refuses_is_kept_with_its_reason_and_tried_again()
    {
        await using var server = new FakeSmtpServer(toRecipient: "550 no such mailbox");
        await using var api = fixture.Start(server.Settings);
        var email = NewEmail();

        await api.Anonymous.PostAsync("/auth/sign-up", new { email, password = Password });

        await UntilAsync(async () => await fixture.CountAsAdminAsync(
            "select count(*) from platform.outbox_messages where recipient = $1 and error like '%no such mailbox%' and next_attempt > now()", email) is 1);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_mail_server_that_says_nothing_does_not_hold_up_the_end()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var server = new FakeSmtpServer();
        var api = fixture.Start(new Dictionary<string, string>(server.Settings) { ["Notifications:Port"] = $"{((IPEndPoint)silent.LocalEndpoint).Port}" });
        await api.Anonymous.PostAsync("/auth/sign-up", new { email = NewEmail(), password = Password });
        using var connected = await silent.AcceptTcpClientAsync(Cancel);
        var stopping = Stopwatch.StartNew();

        await api.DisposeAsync();

        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();

        while (!await condition())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "What was waited for did not happen within 20 seconds.");
            await Task.Delay(50, Cancel);
        }
    }
}
