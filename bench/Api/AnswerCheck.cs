using System.Text.Json;

namespace TenantPlatform.Bench.Api;

/// <summary>Before anything is measured: whether a variant does the work, that is, answers what the API would.</summary>
internal static class AnswerCheck
{
    private const int Callers = 25;
    private const int PageSize = 20;

    private static readonly string[] Fields =
        ["id", "title", "description", "completed", "priority", "dueDate", "createdBy", "assignedTo", "version", "created", "updated"];

    /// <exception cref="BenchException">It answers something else.</exception>
    public static async Task RequireAsync(string variant, Uri server, Population population, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server };
        var members = population.Everybody.ToLookup(seat => seat.TenantId, seat => seat.UserId);

        foreach (var caller in population.Callers.Take(Callers))
        {
            var created = await AskAsync(client, Operation.Post, caller, variant, cancellationToken);
            var page = await AskAsync(client, Operation.Get, caller, variant, cancellationToken);
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Require(items.Count == PageSize && page.GetProperty("nextCursor").GetString() is { Length: > 0 }, $"{items.Count} todos without a next page");
            Require(items[0].GetProperty("id").GetGuid() == created.GetProperty("id").GetGuid(), "a list that does not begin with the newest todo");
            Require(items.All(item => HasFields(item) && members[caller.TenantId].Contains(item.GetProperty("createdBy").GetGuid())), "todos of others");
        }

        await RequireRefusalAsync(client, population, variant, cancellationToken);

        void Require(bool holds, string answer)
        {
            if (!holds)
                throw new BenchException($"Variant {variant} answers {answer}: it cannot be compared.");
        }
    }

    private static bool HasFields(JsonElement item) => item.EnumerateObject().Select(field => field.Name).ToHashSet().SetEquals(Fields);

    private static async Task RequireRefusalAsync(HttpClient client, Population population, string variant, CancellationToken cancellationToken)
    {
        var (caller, other) = (population.Callers.First(), population.Callers.Last());
        using var request = HttpLoad.RequestOf(Operation.Get, caller with { TenantId = other.TenantId });
        using var response = await client.SendAsync(request, cancellationToken);

        if ((int)response.StatusCode != 404)
        {
            throw new BenchException($"Variant {variant} answers {(int)response.StatusCode} to who asks for another tenant's todos: it cannot be compared.");
        }
    }

    private static async Task<JsonElement> AskAsync(
        HttpClient client, Operation operation, Seat caller, string variant, CancellationToken cancellationToken)
    {
        using var request = HttpLoad.RequestOf(operation, caller);
        using var response = await client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);

        return operation.IsAnswer((int)response.StatusCode, body)
            ? JsonDocument.Parse(body).RootElement
            : throw new BenchException($"Variant {variant} answers {(int)response.StatusCode} to {operation.Name}: {body}");
    }
}
