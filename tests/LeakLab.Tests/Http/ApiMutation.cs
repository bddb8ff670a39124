using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace TenantPlatform.LeakLab.Tests.Http;

/// <summary>A leak made on purpose, in front of the real API.</summary>
/// <param name="Target">The operation that leaks.</param>
/// <param name="Attack">The attack that must find it.</param>
internal sealed record ApiMutation(
    string Name, string Target, string Attack, Func<HttpContext, RequestDelegate, Database, Task> InvokeAsync)
{
    public const string Document = "/openapi/v1.json";

    /// <summary>Changes what the API says about itself, which is what the lab works from.</summary>
    public Action<JsonObject>? Describe { get; init; }

    public Task RunAsync(HttpContext context, RequestDelegate next, Database database)
    {
        if (context.Request.Path != Document)
            return InvokeAsync(context, next, database);

        return Buffered.RewriteAsync(context, next, (status, body) =>
        {
            var document = JsonNode.Parse(body)!.AsObject();
            Describe?.Invoke(document);
            return Task.FromResult<(int, string)?>((status, document.ToJsonString()));
        });
    }
}

/// <summary>What a mutation does behind the API's back.</summary>
internal sealed class Database(NpgsqlDataSource admin)
{
    public Task<object?> ScalarAsync(string sql, params object[] values) => RunAsync(sql, values, command => command.ExecuteScalarAsync(Cancel));

    public Task<int> ExecuteAsync(string sql, params object[] values) => RunAsync(sql, values, command => command.ExecuteNonQueryAsync(Cancel));

    private async Task<T> RunAsync<T>(string sql, object[] values, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var command = admin.CreateCommand(sql);

        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });

        return await run(command);
    }
}
