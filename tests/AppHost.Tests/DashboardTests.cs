using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TenantPlatform.AppHost.Tests;

public sealed class DashboardTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_dashboard_shows_the_resources_and_a_trace_that_spans_api_and_postgres()
    {
        Assert.SkipWhen(Chromium.Path is null, "There is no Chromium or Chrome on this machine; install one (apt-get install chromium) to run the browser test.");

        await using var appHost = AppHostProcess.Start("temporary");
        var login = await appHost.LineAsync("Login to the dashboard at (http[^ ]+)");
        using var api = await appHost.ApiAsync();
        await SignUp.FinishAsync(api, "ada@example.com");

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 900 } });
        await page.GotoAsync(login);

        foreach (var resource in new[] { "postgres", "migrations", "provisioner", "api" })
        {
            await Expect(page.GetByText(resource, new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        }

        await KeepAsync(page, "dashboard-resources");
        await page.GotoAsync(new Uri(new Uri(login), "/traces").ToString());
        var trace = page.Locator("tr, [role=row]").Filter(new() { HasText = "POST /auth/sign-up" }).First;
        await Expect(trace).ToContainTextAsync("postgres (", new() { Timeout = 30_000 });
        await trace.GetByText("POST /auth/sign-up").First.ClickAsync();
        await Expect(page.GetByText("postgresql").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await KeepAsync(page, "dashboard-trace");
    }

    private async Task KeepAsync(IPage page, string name)
    {
        var path = Path.Combine(Projects.AppHost.ProjectPath, "..", "artifacts", "screenshots", $"{name}.png");
        await page.ScreenshotAsync(new() { Path = path });
        output.WriteLine($"screenshot: artifacts/screenshots/{name}.png");
    }
}
