using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using TenantPlatform.Offline.Hosting.Tests.Samples;

namespace TenantPlatform.Offline.Hosting.Tests;

public sealed class ManifestTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("offline-hosting").FullName;

    [Fact]
    public async Task Manifest_has_the_shape_that_Aspire_writes()
    {
        var manifest = await PublishAsync(image => { });

        var path = Path.GetRelativePath(folder, new SampleProject().ProjectPath);
        var expected = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "expected-manifest.json"), TestContext.Current.CancellationToken))
            .TrimEnd().Replace("SampleProject.csproj", path, StringComparison.Ordinal);
        Assert.Equal(expected, manifest);
    }

    [Fact]
    public async Task Manifest_is_the_same_every_time() =>
        Assert.Equal(await PublishAsync(_ => { }), await PublishAsync(_ => { }));

    [Fact]
    public async Task Image_tag_decides_where_the_data_lies()
    {
        var manifest = await PublishAsync(postgres => postgres.WithImageTag("17.6"), tagFirst: true);

        Assert.Contains("\"image\": \"docker.io/library/postgres:17.6\"", manifest);
        Assert.Contains("\"target\": \"/var/lib/postgresql/data\"", manifest);
    }

    [Fact]
    public async Task Missing_output_path_is_said_and_fails()
    {
        var (exitCode, output) = await AppHostProcess.RunAsync("--publisher", "manifest");

        Assert.Equal(1, exitCode);
        Assert.Contains(output, line => line.Contains("The '--output-path [path]' option was not specified.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Output_path_may_be_a_folder()
    {
        var (exitCode, _) = await AppHostProcess.RunAsync("--publisher", "manifest", "--output-path", folder);

        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(Path.Combine(folder, "aspire-manifest.json")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> PublishAsync(Action<IResourceBuilder<PostgresServerResource>> change, bool tagFirst = false)
    {
        var output = Path.Combine(folder, "manifest.json");
        var builder = TestApp.CreateBuilder("--publisher", "manifest", "--output-path", output);
        var key = builder.AddParameter("api-key", secret: true);
        var password = builder.AddParameter("app-password", new GenerateParameterDefault { MinLength = 24, Special = false }, secret: true, persist: true);
        var user = builder.AddParameter("app-user", "tenant_app", publishValueAsDefault: true);
        var postgres = builder.AddPostgres("postgres");
        if (tagFirst)
            change(postgres);
        postgres.WithDataVolume("data");
        var database = postgres.AddDatabase("tenantplatform");
        var appdb = builder.AddConnectionString("appdb", ReferenceExpression.Create(
            $"Host={postgres.Resource.Host};Port={postgres.Resource.Port};Username={user};Password={password};Database={database.Resource.DatabaseName}"));
        var worker = builder.AddProject<SampleProject>("worker", launchProfileName: null).WithReference(database).WaitFor(database);
        builder.AddProject<SampleProject>("api").WithArgs("--hello", "world").WithExternalHttpEndpoints()
            .WithReference(appdb).WithEnvironment("API_KEY", key).WaitForCompletion(worker);
        builder.AddShell("local-only", Script.Sleep).ExcludeFromManifest();

        await using var app = builder.Build();
        await app.Services.GetRequiredService<ManifestPublisher>().PublishAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);
    }
}
