using Microsoft.AspNetCore.Http.HttpResults;

namespace TenantPlatform.ApiService.Notifications;

internal static class DevelopmentOutboxEndpoints
{
    /// <summary>GET /dev/outbox?recipient= in Development, unless messages are really sent. Not in the document of the API.</summary>
    public static void MapDevelopmentOutbox(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapGet("/dev/outbox", ListMessages).ExcludeFromDescription();
        }
    }

    private static Results<Ok<DevelopmentMessage[]>, NotFound> ListMessages(INotificationSender sender, string? recipient = null) =>
        sender is DevelopmentSender development ? TypedResults.Ok(development.To(recipient)) : TypedResults.NotFound();
}
