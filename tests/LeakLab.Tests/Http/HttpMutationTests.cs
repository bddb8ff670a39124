using Microsoft.AspNetCore.Http;
using Npgsql;
using TenantPlatform.Fixtures;
using TenantPlatform.LeakLab.Http;

namespace TenantPlatform.LeakLab.Tests.Http;

public sealed class HttpMutationTests(DatabaseFixture database, ITestOutputHelper output) : IClassFixture<DatabaseFixture>
{
    private static readonly ApiMutation[] Mutations = [.. Refusals.All, .. Answers.All, .. Permissions.All];

    private ApiMutation? current;

    [Fact]
    public async Task Every_leak_made_on_purpose_is_found()
    {
        await using var admin = Administrator.Of(database);
        await using var api = new Api(database.AppConnectionString, database.SigningKey, app => app.Use(next => context => Mutate(context, next, admin)));
        var survivors = new List<string>();

        foreach (var mutation in Mutations)
        {
            current = mutation;
            var report = await HttpLab.RunAsync(api.Address, admin, cell => cell.Target == mutation.Target && cell.Attack == mutation.Attack, Cancel);
            var killed = report.Leaks.Where(leak => leak.Cell.Attack == mutation.Attack).Select(leak => leak.Cell).FirstOrDefault();
            output.WriteLine($"{mutation.Name}: {(killed is null ? "SURVIVED" : $"killed, {killed}")}");

            if (killed is null)
                survivors.Add(mutation.Name);
        }

        output.WriteLine($"HTTP mutations: {Mutations.Length - survivors.Count} of {Mutations.Length} killed");
        Assert.Empty(survivors);
    }

    private Task Mutate(HttpContext context, RequestDelegate next, NpgsqlDataSource admin) =>
        current is { } mutation ? mutation.RunAsync(context, next, new Database(admin)) : next(context);
}
