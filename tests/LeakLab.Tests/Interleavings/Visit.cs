using System.Collections.Immutable;
using Npgsql;
using TenantPlatform.Data;
using TenantPlatform.Data.Tenancy;
using TenantPlatform.Data.Todos;

namespace TenantPlatform.LeakLab.Tests.Interleavings;

/// <summary>One step at work: what it may use, what it intends to change, and the eyes that judge every row it sees.</summary>
internal sealed class Visit(Arena arena, Step step, TenantModel mine, TenantModel other, CancellationToken cancel)
{
    private readonly Dictionary<TenantModel, ImmutableDictionary<Guid, Row>> intentions = [];

    public Arena Arena => arena;

    public TenantModel Mine => mine;

    /// <summary>Another tenant; another step may be at work for it.</summary>
    public TenantModel Other => other;

    public int Number => step.Number;

    public CancellationToken Cancel => cancel;

    public IReadOnlyDictionary<TenantModel, ImmutableDictionary<Guid, Row>> Intentions => intentions;

    /// <summary>What my rows are once this step is done.</summary>
    public ImmutableDictionary<Guid, Row> After
    {
        get => intentions.GetValueOrDefault(mine, mine.Rows);
        set => Intend(mine, value);
    }

    public string Signed => arena.App.Signer.Sign(mine.Tenant.Context);

    public TenantDbContext OpenTenant() => arena.OpenTenant(mine.Tenant.Context);

    public PlatformDbContext OpenPlatform() => arena.App.Platform.Open(mine.Tenant.Context);

    public ValueTask<NpgsqlConnection> ConnectAsync() => arena.App.DataSource.OpenConnectionAsync(cancel);

    public void Intend(TenantModel tenant, ImmutableDictionary<Guid, Row> rows) => intentions[tenant] = rows;

    /// <summary>One of my rows, or none.</summary>
    public Guid Pick(string table)
    {
        var ids = mine.Rows.In(table).Keys.Order().ToList();
        return ids.Count == 0 ? Guid.Empty : ids[Number % ids.Count];
    }

    public Todo NewTodo(TenantModel tenant) => new()
    {
        TenantId = tenant.Tenant.Id,
        CreatedBy = tenant.Tenant.OwnerId,
        Title = tenant.NextText(),
        Priority = 1 + (Number % 5),
    };

    public static Row RowOf(Todo todo) => new(Tables.Todos, todo.Title, todo.Priority);

    public static Row RowOf(Team team) => new(Tables.Teams, team.Name, 0);

    public void SeeAll(IEnumerable<Todo> todos) => SeeAll(mine, After, todos);

    public void SeeAll(TenantModel tenant, ImmutableDictionary<Guid, Row> expected, IEnumerable<Todo> todos) =>
        See(tenant, expected, Tables.Todos, todos.Select(todo => (todo.TenantId, todo.Id, RowOf(todo))), isComplete: true);

    public void SeeAll(IEnumerable<Team> teams) =>
        See(mine, After, Tables.Teams, teams.Select(team => (team.TenantId, team.Id, RowOf(team))), isComplete: true);

    /// <summary>Judges rows: each must be the tenant's own and as the model has it; a complete list must miss none.</summary>
    public void See(
        TenantModel tenant, ImmutableDictionary<Guid, Row> expected, string table, IEnumerable<(Guid TenantId, Guid Id, Row Row)> seen, bool isComplete)
    {
        var rows = seen.ToList();

        foreach (var (tenantId, id, row) in rows)
        {
            arena.Tally.Count(Figure.Rows);

            if (!tenant.IsMine(tenantId, row.Text))
                arena.Tally.Find(Figure.CrossTenantRows, $"{step} for {tenant.Tenant.Key} saw '{row.Text}' of {tenantId}");
            else if (!expected.TryGetValue(id, out var known) || known != row)
                arena.Tally.Find(Figure.ModelDifferences, $"{step} saw {row}, the model has {(expected.TryGetValue(id, out known) ? known : "no such row")}");
        }

        if (isComplete && rows.Count != expected.In(table).Count)
            arena.Tally.Find(Figure.ModelDifferences, $"{step} saw {rows.Count} rows of {table}, the model has {expected.In(table).Count}");
    }

    /// <summary>Something of another tenant that must not have been seen or done.</summary>
    public void RequireNone(int count, string what)
    {
        if (count != 0)
            arena.Tally.Find(Figure.CrossTenantRows, $"{step} {what}: {count} rows");
    }

    public void Require(bool condition, string what)
    {
        if (!condition)
            arena.Tally.Find(Figure.ModelDifferences, $"{step} {what}");
    }

    /// <summary>It must fail, and in this way.</summary>
    public async Task RequireErrorAsync(string sqlState, Func<Task> action)
    {
        try
        {
            await action();
            arena.Tally.Find(Figure.Unexpected, $"{step} should have failed with {sqlState}");
        }
        catch (Exception e) when (Interruption.ServerError(e)?.SqlState == sqlState)
        {
            arena.Tally.Count(Figure.Errors);
        }
    }
}
