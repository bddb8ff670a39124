using System.Security.Cryptography;
using System.Text;
using Npgsql;
using TenantPlatform.AspNetPeer;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default));

// Statements are prepared by themselves; everything else is as Npgsql has it.
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("bench")) { MaxAutoPrepare = 20 };
await using var dataSource = NpgsqlDataSource.Create(connection);
var isCached = builder.Configuration["variant"] is "B2" or "B4";
ITodoStore todos = builder.Configuration["variant"] is "B4" ? new EntityStore(dataSource) : new SqlStore(dataSource);
var memberships = new Memberships(dataSource, isCached);

var app = builder.Build();
app.MapGet("/health", () => "ok");

app.MapGet("/tenants/{tenant:guid}/todos", async (Guid tenant, HttpContext context) =>
    await FindAsync(context, tenant) is { } member
        ? Results.Ok(await todos.ListAsync(member.TenantId, context.RequestAborted))
        : Results.NotFound());

app.MapPost("/tenants/{tenant:guid}/todos", async (Guid tenant, NewTodo todo, HttpContext context) =>
{
    if (todo.Title is not { Length: > 0 and <= 500 } || todo.Priority is < 1 or > 5)
    {
        return Results.BadRequest();
    }

    if (await FindAsync(context, tenant) is not { } member)
    {
        return Results.NotFound();
    }

    var created = await todos.AddAsync(member, todo, context.RequestAborted);
    return Results.Created($"/tenants/{tenant}/todos/{created.Id}", created);
});

await app.RunAsync();

ValueTask<Membership?> FindAsync(HttpContext context, Guid tenant)
{
    const string scheme = "Bearer ";
    var header = context.Request.Headers.Authorization.ToString();
    context.Response.Headers.CacheControl = "private, no-store";
    return header.StartsWith(scheme, StringComparison.Ordinal)
        ? memberships.FindAsync(SHA256.HashData(Encoding.UTF8.GetBytes(header[scheme.Length..])), tenant, context.RequestAborted)
        : ValueTask.FromResult<Membership?>(null);
}
