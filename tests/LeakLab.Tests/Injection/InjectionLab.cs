using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using TenantPlatform.LeakLab.Http;

namespace TenantPlatform.LeakLab.Tests.Injection;

/// <summary>Sends one payload as a member of one tenant, then looks at everything that it must not have touched.</summary>
internal sealed class InjectionLab(HttpClient api, NpgsqlDataSource admin, SnapshotReader snapshots, string applicationName, CancellationToken cancellationToken)
{
    private IReadOnlyList<string> state = [];

    /// <summary>How often the next tenant was served over the very connection of the attacker.</summary>
    public int SameConnection { get; private set; }

    public async Task<Scene> CreateSceneAsync()
    {
        var scene = await Seeder.CreateSceneAsync(admin, cancellationToken);
        state = await ServerState.ReadAsync(admin, cancellationToken);
        return scene;
    }

    public async Task<Verdict> AttackAsync(Scene scene, string hole, string text)
    {
        var (attacker, victim) = (scene.Attacker, scene.Victim);
        var kept = await snapshots.ReadAsync(victim, cancellationToken);
        var before = await RowsAsync(victim);
        var (status, answer) = await SendAsync(attacker, HttpMethod.Post, $"{Holes.Prefix}/tenants/{attacker.Key}/{hole}", new StringContent(text));
        var backend = await BackendAsync();

        var leak = Seen(kept, victim, answer, text)
            ?? kept.DifferenceFrom(await snapshots.ReadAsync(victim, cancellationToken))
            ?? Seen(kept, victim, string.Join('\n', (await RowsAsync(attacker)).Values), text)
            ?? await ChangeOfServerAsync()
            ?? await NextLesseeAsync(victim, before.Keys, backend);
        return leak is not null ? new Verdict.Leaked(leak) : new Verdict.Held($"{status} {answer[..Math.Min(answer.Length, 120)]}");
    }

    private async Task<string?> ChangeOfServerAsync()
    {
        var before = state;
        state = await ServerState.ReadAsync(admin, cancellationToken);
        return ServerState.Difference(before, state);
    }

    // What the attacker typed comes back in error messages.
    private static string? Seen(Snapshot kept, Party victim, string answer, string sent) =>
        kept.Secrets.Where(secret => !sent.Contains(secret, StringComparison.OrdinalIgnoreCase) || secret == victim.Secret)
            .FirstOrDefault(secret => answer.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } seen
            ? $"{seen} of the other tenant: {answer[..Math.Min(answer.Length, 500)]}" : null;

    // The pool has one connection, so the victim gets what the attacker has left of it.
    private async Task<string?> NextLesseeAsync(Party victim, IEnumerable<string> own, string backend)
    {
        var list = await SendAsync(victim, HttpMethod.Get, $"/tenants/{victim.Key}/todos?limit=100");
        var created = await SendAsync(victim, HttpMethod.Post, $"/tenants/{victim.Key}/todos", JsonContent.Create(new { title = victim.Mark("next") }));

        if (list.Status != 200 || created.Status != 201)
            return $"the next tenant is not served: {list}, {created}";

        if (!JsonNode.Parse(list.Text)!["items"]!.AsArray().Select(item => (string)item!["id"]!).Order().SequenceEqual(own.Order()))
            return $"the next tenant reads other rows than its own: {list.Text}";

        if (!(await RowsAsync(victim)).ContainsKey((string)JsonNode.Parse(created.Text)!["id"]!))
            return $"the row that the next tenant wrote is not in its table: {created.Text}";

        SameConnection += backend == await BackendAsync() ? 1 : 0;
        return await LocksAsync() is { Length: > 0 } locks ? $"locks are left: {locks}" : null;
    }

    private async Task<(int Status, string Text)> SendAsync(Party party, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", party.Owner.Token);
        using var response = await api.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<Dictionary<string, string>> RowsAsync(Party party)
    {
        await using var command = admin.CreateCommand("select id::text, t::text from pooled.todos t where tenant_id = $1");
        command.Parameters.AddWithValue(party.TenantId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<string, string>();

        while (await reader.ReadAsync(cancellationToken))
            rows.Add(reader.GetString(0), reader.GetString(1));

        return rows;
    }

    private Task<string> BackendAsync() =>
        OfApplicationAsync("select string_agg(concat_ws(' ', pid, backend_start), ',') from pg_stat_activity where application_name = $1");

    private Task<string> LocksAsync() => OfApplicationAsync("""
        select string_agg(l::text, ',') from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and application_name = $1
        """);

    private async Task<string> OfApplicationAsync(string sql)
    {
        await using var command = admin.CreateCommand(sql);
        command.Parameters.AddWithValue(applicationName);
        return await command.ExecuteScalarAsync(cancellationToken) as string ?? "";
    }
}
