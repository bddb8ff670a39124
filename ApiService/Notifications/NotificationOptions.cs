using System.ComponentModel.DataAnnotations;

namespace TenantPlatform.ApiService.Notifications;

internal sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>Name of the SMTP server. Only Development can do without one: messages are then shown in the log and at /dev/outbox.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>STARTTLS before anything is said. Switch it off only for a relay on the same machine.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Address that the messages come from.</summary>
    [EmailAddress]
    public string? From { get; set; }

    /// <summary>Where people reach the API, for example https://api.example.com: what addresses in messages begin with.</summary>
    [Url]
    public string? LinkBase { get; set; }

    /// <summary>How often messages are tried before they are given up; with ten, that is after about an hour.</summary>
    [Range(1, 20)]
    public int MaximumAttempts { get; set; } = 10;

    /// <summary>How often to look for messages that are due again, or that another replica left behind.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 5;
}
