using System.Diagnostics;
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
