using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace TenantPlatform.AppHost.Tests;

/// <summary>One run of the whole application for all tests of a class; each signs up people of its own.</summary>
public sealed class RunningApplication : IAsyncLifetime
{
    private DistributedApplication? app;

    public DistributedApplication App => app ?? throw new InvalidOperationException("The application has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Data=temporary"]);
        app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api").WaitAsync(AppHostProcess.StartTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>Signed in.</summary>
    public async Task<HttpClient> SignUpAsync(string email)
    {
        var client = App.CreateHttpClient("api", "http");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignUp.FinishAsync(client, email));
        return client;
    }

    public static async Task CreateTenantAsync(HttpClient client, string slug) =>
        (await client.PostAsJsonAsync("/tenants", new { name = slug, slug }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
}
