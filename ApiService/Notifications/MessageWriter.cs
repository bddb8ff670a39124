using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TenantPlatform.ApiService.Notifications;

/// <summary>Turns notifications into text. There is no frontend yet, so a message names the call to make instead of a page to open.</summary>
internal sealed partial class MessageWriter(IOptions<NotificationOptions> options)
{
    private const string LinkBase = "linkBase";

    public Message Write(Notification notification)
    {
        var (subject, template) = MessageTexts.Of(notification.Kind) ?? ($"Notice: {notification.Kind}", Listing(notification.Values));
        var text = Placeholder().Replace(template, placeholder => Value(notification, placeholder.Groups["name"].Value));
        return new Message(notification.Kind, notification.Recipient, subject, text, notification.Values);
    }

    // Without a base the addresses are those that the API itself uses.
    private string Value(Notification notification, string name) =>
        name is LinkBase
            ? options.Value.LinkBase?.TrimEnd('/') ?? ""
            : notification.Values.TryGetValue(name, out var value)
                ? value
                : throw new InvalidOperationException($"A message of kind {notification.Kind} needs the value '{name}'.");

    private static string Listing(IReadOnlyDictionary<string, string> values) => string.Join('\n', values.Keys.Select(name => $"{name}: {{{name}}}"));

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}")]
    private static partial Regex Placeholder();
}
