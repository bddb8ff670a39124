using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Todos;
using TenantPlatform.Data.AccessChanges;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests;

/// <summary>
/// The API on a real socket: the test server in memory knows neither body limits nor malformed requests.
/// The type argument only names the assembly; Program would be ambiguous with the worker's.
/// </summary>
public sealed class Api : WebApplicationFactory<CreateTodoRequest>
{
    private readonly TestDatabase database;
    private readonly string signingKey;
    private readonly IReadOnlyDictionary<string, string> settings;

    private readonly TimeProvider time;

    public Api(TestDatabase database, string signingKey, IReadOnlyDictionary<string, string>? settings = null, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        (this.database, this.signingKey, this.settings) = (database, signingKey, settings ?? new Dictionary<string, string>());
        UseKestrel(0);
        StartServer();
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = ClientOptions.BaseAddress };
    }

    /// <summary>Sends no credentials of its own, and keeps no cookies: all callers share it.</summary>
    public HttpClient Client { get; }

    internal Caller Anonymous => new(Client);

    internal Task<Caller> SignUpAsync() => Caller.SignUpAsync(Client);

    /// <summary>A new user with a tenant of their own, at work in it.</summary>
    internal async Task<TenantCaller> SignUpWithTenantAsync() => await TenantCaller.CreateAsync(await SignUpAsync());

    /// <summary>It then knows nobody, as when it has just started.</summary>
    public void Forget() => Services.GetRequiredService<AccessChangeClock>().Apply(AccessChange.OfEverything);

    /// <summary>Returns as soon as it hears what other processes change.</summary>
    internal async Task HearsAsync()
    {
        while (!Services.GetRequiredService<AccessCache>().Hears)
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await base.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("ConnectionStrings:tenantplatform", database.App);
        builder.UseSetting("Tenancy:SigningKey", signingKey);
        builder.ConfigureServices(services => services.AddSingleton(time));

        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
    }
}
