namespace TenantPlatform.Offline.Hosting.Tests;

/// <summary>Turns a wait that should have ended long ago into a failure.</summary>
internal static class Patience
{
    public static CancellationToken Token
    {
        get
        {
            var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            return limit.Token;
        }
    }
}
