using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using TenantPlatform.Data;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>
/// Endpoints as a careless developer writes them: SQL glued from the request, filters ignored, the database's errors shown.
/// Authentication, membership and the TenantDbContext are the real ones, so that only the database is left to stop anything.
/// </summary>
internal static class Holes
{
    public const string Prefix = "/holes";
    public const string OrderBy = "order-by";
    public const string Where = "where";
    public const string Batch = "batch";
    public const string Transaction = "transaction";

    /// <summary>Each with how a statement of the attacker's own gets into it.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string>> Stacked = new Dictionary<string, Func<string, string>>
    {
        [OrderBy] = statements => $"title; {statements}",
        [Where] = statements => $"none'; {statements}; --",
        [Batch] = statements => statements,
        [Transaction] = statements => statements,
    };

    /// <summary>Each with how a query of the attacker's own gets into it.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string>> Nested = new Dictionary<string, Func<string, string>>
    {
        [OrderBy] = query => $"cast(({query}) as int)",
        [Where] = query => $"none' union all ({query}) --",
    };

    public static void Map(IApplicationBuilder app) => app.Map(Prefix, holes => holes
        .UseRouting()
        .UseAuthentication()
        .UseAuthorization()
        .UseEndpoints(routes =>
        {
            var tenant = routes.MapGroup("/tenants/{tenant}").RequireAuthorization("TenantMember");
            tenant.MapPost(OrderBy, (HttpRequest request, TenantDbContext db) => AnswerAsync(request, order => OrderedAsync(db, order)));
            tenant.MapPost(Where, (HttpRequest request, TenantDbContext db) => AnswerAsync(request, text => FoundAsync(db, text)));
            tenant.MapPost(Batch, (HttpRequest request, TenantDbContext db) => AnswerAsync(request, sql => ExecutedAsync(db, sql)));
            tenant.MapPost(Transaction, (HttpRequest request, TenantDbContext db) => AnswerAsync(request, sql => AllResultsAsync(db, sql)));
        }));

    private static async Task<string> OrderedAsync(TenantDbContext db, string order) => string.Join('\n',
        (await db.Todos.FromSqlRaw(AsIs($"select * from todos order by {order}")).IgnoreQueryFilters().ToListAsync()).Select(todo => todo.Title));

    private static async Task<string> FoundAsync(TenantDbContext db, string text) => string.Join('\n',
        await db.Database.SqlQueryRaw<string>(AsIs($"select title as \"Value\" from todos where title like '%{text}%'")).ToListAsync());

    private static async Task<string> ExecutedAsync(TenantDbContext db, string sql) => $"{await db.Database.ExecuteSqlRawAsync(AsIs(sql))} rows";

    private static async Task<string> AllResultsAsync(TenantDbContext db, string sql)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        var lines = new List<string>();

        await using (var reader = await command.ExecuteReaderAsync())
        {
            do
            {
                while (await reader.ReadAsync())
                    lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
            }
            while (await reader.NextResultAsync());
        }

        await transaction.CommitAsync();
        return string.Join('\n', lines);
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, Func<string, Task<string>> run)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        try
        {
            return Results.Text(await run(text));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Results.Text(e.ToString(), statusCode: StatusCodes.Status400BadRequest);
        }
    }

    // EF takes braces for parameters.
    private static string AsIs(string sql) => sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
