using TenantPlatform.Fixtures;

namespace TenantPlatform.MigrationWorker.Tests.Doctor;

/// <summary>A healthy database and an ill one, with an error, a warning and a note.</summary>
[CollectionDefinition(Collection)]
public sealed class DoctorDatabase : IAsyncLifetime, ICollectionFixture<DoctorDatabase>
{
    public const string Collection = "Doctor's databases";

    private readonly DatabaseServer server = new();

    public TestDatabase Healthy { get; private set; } = null!;

    public TestDatabase Ill { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        Healthy = server.Database("healthy");
        await server.MigrateAsync(Healthy, CancellationToken.None);
        Ill = await server.CopyDatabaseAsync("healthy", "ill", CancellationToken.None);
        await Ill.Admin.ExecuteAsync("""
            alter table pooled.todos no force row level security;
            create publication todos for table pooled.todos;
            create sequence pooled.numbers;
            alter sequence pooled.numbers owner to tp_owner
            """);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>As its own deployment's owner would ask: with the API's connection string and nothing else.</summary>
    public static Task<WorkerResult> ExamineAsApiAsync(TestDatabase database, params string[] options) =>
        WorkerProcess.RunAsync(new WorkerSettings { AppConnectionString = database.App, Arguments = ["doctor", .. options] }, Cancel);

    public static Task<WorkerResult> ExamineAsAdministratorAsync(TestDatabase database, params string[] options) =>
        WorkerProcess.RunAsync(new WorkerSettings { AdminConnectionString = database.Admin, Arguments = ["doctor", .. options] }, Cancel);
}
