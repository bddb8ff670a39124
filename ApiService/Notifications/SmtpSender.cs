using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Notifications;

internal sealed class SmtpSender(IOptions<NotificationOptions> options) : INotificationSender
{
    public async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var smtp = options.Value;
        using var client = new SmtpClient(smtp.Host, smtp.Port)
        {
            EnableSsl = smtp.Tls,
            Credentials = string.IsNullOrEmpty(smtp.User) ? null : new NetworkCredential(smtp.User, smtp.Password),
        };
        using var mail = new MailMessage(smtp.From!, message.Recipient, message.Subject, message.Text)
        {
            BodyEncoding = Encoding.UTF8,
            SubjectEncoding = Encoding.UTF8,
        };

        await client.SendMailAsync(mail, cancellationToken);
    }
}
