using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace TenantPlatform.LeakLab.Http;

/// <summary>Somebody else's ids, texts and cursors as values of one's own requests.</summary>
internal static class ValueAttacks
{
    private const string Cursor = "cursor";

    private static readonly string[] Unasked =
        ["id", "tenantId", "tenant_id", "tenant", "userId", "ownerId", "createdBy", "updatedBy", "teamId", "organizationId"];

    /// <param name="document">Says which properties of a body name rows.</param>
    public static Attack[] All(ApiDocument document) =>
    [
        new("another tenant's id in the body", operation => operation.Body is null ? [] : BodySampler.References(document, operation.Body), InBodyAsync),
        Attack.Once("another tenant's ids in fields that nobody asked for", "body", HasObject, UnaskedAsync),
        new("another tenant's values in the query", operation => Queries(operation).Where(name => name != Cursor), InQueryAsync),
        new("another tenant's cursor", operation => Queries(operation).Where(name => name == Cursor), CursorAsync),
        Attack.Once("another tenant's idempotency key", "Idempotency-Key",
            operation => operation.NeedsSession && operation.TakesHeader("Idempotency-Key"), IdempotencyKeyAsync),
    ];

    private static IEnumerable<string> Queries(ApiOperation operation) =>
        operation is { NeedsSession: true, IsPlatform: false } ? operation.QueryParameters.Select(parameter => parameter.Name) : [];

    private static bool HasObject(ApiOperation operation) => operation is { NeedsSession: true, IsPlatform: false, Body: not null };

    private static async Task<Outcome> InBodyAsync(Probe probe, string path)
    {
        var outcome = new Outcome("");

        foreach (var id in Ids(probe.Victim))
        {
            outcome = await probe.RefusedAlikeAsync(Planted(probe, path, id), Planted(probe, path, Guid.CreateVersion7().ToString()));

            if (outcome.Leak is not null)
                break;
        }

        return outcome;
    }

    private static ApiRequest Planted(Probe probe, string path, string id)
    {
        var request = probe.Rightful(probe.Attacker, (path, JsonValue.Create(id)));
        return request with { Planted = request.Planted.Add(id) };
    }

    private static async Task<Outcome> UnaskedAsync(Probe probe)
    {
        var request = probe.Rightful(probe.Attacker);
        var body = request.Body!.AsObject();
        var victim = probe.Victim;

        foreach (var name in Unasked.Where(name => !body.ContainsKey(name)))
        {
            body[name] = name switch
            {
                "id" => victim.Rows["todos"][0],
                "tenantId" or "tenant_id" or "tenant" or "organizationId" => victim.TenantId.ToString(),
                "teamId" => victim.Rows["teams"][0],
                _ => victim.Owner.UserId.ToString(),
            };
        }

        // Nothing counts as planted: whatever of it comes back was believed.
        return new Outcome($"{(await probe.SendAsync(request)).Status} without them");
    }

    private static async Task<Outcome> InQueryAsync(Probe probe, string name)
    {
        var schema = probe.Operation.QueryParameters.Single(parameter => parameter.Name == name).Schema;
        var request = probe.Rightful(probe.Attacker);

        if (ApiDocument.TypeOf(schema) is "string" && (string?)schema["format"] is "uuid" or null)
        {
            string[] values = (string?)schema["format"] is "uuid" ? Ids(probe.Victim) : [.. Ids(probe.Victim), probe.Victim.Marker, probe.Victim.Slug];
            var outcome = new Outcome("");

            foreach (var value in values)
            {
                outcome = await probe.RefusedAlikeAsync(request.WithQuery(name, value), request.WithQuery(name, Nothing(value)));

                if (outcome.Leak is not null)
                    break;
            }

            return outcome;
        }

        return new Outcome($"{(await probe.SendAsync(request.WithQuery(name, ValueOfVictimsRows(probe.Victim, name, schema)))).Status} without them");
    }

    // The victim's rows have these values, so that a filter which looked at them would find them.
    private static string ValueOfVictimsRows(Party victim, string name, JsonObject schema) => (ApiDocument.TypeOf(schema), (string?)schema["format"]) switch
    {
        ("string", _) => DateTime.UtcNow.AddDays(30).ToString("O", CultureInfo.InvariantCulture),
        ("boolean", _) => "false",
        _ => name is "limit" ? "100" : name is "priority" ? "5" : victim.Version.ToString(CultureInfo.InvariantCulture),
    };

    private static async Task<Outcome> CursorAsync(Probe probe, string name)
    {
        var first = await probe.SendAsEntitledAsync(probe.Rightful(probe.Victim).WithQuery("limit", "1"));
        var cursor = first.IsSuccess ? (string?)JsonNode.Parse(first.Body)?["nextCursor"] : null;

        if (cursor is null)
            return Outcome.Leaked($"the victim's list has no second page, so nothing is proven: give it a second row in tests/LeakLab/Http/Seeder.cs. {first.Summary}");

        await probe.ProtectAsync();
        var request = probe.Rightful(probe.Attacker);
        var outcome = await probe.RefusedAlikeAsync(request.WithQuery(name, cursor), request.WithQuery(name, Nothing(cursor)));
        return outcome.By.StartsWith('4') || outcome.Leak is not null ? outcome : Outcome.Leaked($"another tenant's cursor is accepted: {outcome.By}");
    }

    private static async Task<Outcome> IdempotencyKeyAsync(Probe probe)
    {
        var key = Guid.NewGuid().ToString();
        await probe.SendAsEntitledAsync(probe.Rightful(probe.Victim).WithHeader("Idempotency-Key", key));
        await probe.ProtectAsync();
        var answer = await probe.SendAsync(probe.Rightful(probe.Attacker).WithHeader("Idempotency-Key", key));
        return answer.IsSuccess ? new Outcome($"{answer.Status} of one's own") : Outcome.Leaked($"another tenant's key is in the way: {answer.Summary}");
    }

    private static string[] Ids(Party party) =>
        [party.TenantId.ToString(), party.Owner.UserId.ToString(), party.Member.UserId.ToString(), .. party.Rows.Values.Select(rows => rows[0]).Distinct()];

    // Of the same length and kind, so that only what it means can tell the answers apart.
    private static string Nothing(string value) => Guid.TryParse(value, out _)
        ? Guid.CreateVersion7().ToString()
        : RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", value.Length);
}
