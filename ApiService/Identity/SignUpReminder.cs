namespace TenantPlatform.ApiService.Identity;

/// <summary>
/// Sends another token to who signs in without having verified their address. Apart from the request: its answer is that of a
/// wrong password, in its time too.
/// </summary>
internal sealed class SignUpReminder(SignUps signUps, IHostApplicationLifetime host, ILogger<SignUpReminder> logger)
{
    public void Remind(string email) => _ = Task.Run(() => SendAsync(email), CancellationToken.None);

    private async Task SendAsync(string email)
    {
        try
        {
            await signUps.SendAgainAsync(email, host.ApplicationStopping);
        }
        catch (Exception e)
        {
            logger.LogWarning("Somebody with an unverified address was not sent another token: {Reason}", e.GetBaseException().Message);
        }
    }
}
