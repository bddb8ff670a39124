using System.Collections.Immutable;

namespace TenantPlatform.LeakLab.Http;

/// <summary>One cell at work: makes requests, sends them, and keeps what came back for the lab to search.</summary>
internal sealed class Probe(Laboratory lab, ApiOperation operation, Scene scene, CancellationToken cancellationToken)
{
    private readonly List<ApiAnswer> seen = [];
    private Snapshot? kept;

    public ApiOperation Operation => operation;

    public Party Attacker => scene.Attacker;

    public Party Victim => scene.Victim;

    /// <summary>What this party's own caller may send.</summary>
    public ApiRequest Rightful(Party party, (string Path, System.Text.Json.Nodes.JsonNode Value)? planted = null) => new ApiRequest(operation)
    {
        Path = operation.PathParameters.ToImmutableDictionary(parameter => parameter.Name, parameter => PathValue(parameter, party)),
        Query = operation.QueryParameters.Where(parameter => parameter.Required).ToImmutableDictionary(
            parameter => parameter.Name, parameter => Recipes.QueryValue(parameter, party)),
        Body = new BodySampler(lab.Document, operation, party).Sample(planted),
    }.As(operation.NeedsSession ? operation.IsPlatform ? scene.Staff : Recipes.Caller(operation, party) : null);

    /// <summary>The first row of the party in the collection that the parameter chooses from.</summary>
    public string PathValue(ApiParameter parameter, Party party)
    {
        if (Recipes.PathValue(operation, parameter, party) is { } value)
            return value;

        if (parameter.Name == "tenant" && !operation.IsPlatform)
            return party.Key;

        return operation.CollectionsOf(parameter).Select(collection => party.Rows.GetValueOrDefault(collection)?[0]).FirstOrDefault(row => row is not null)
            ?? throw new InvalidOperationException(
                $"{operation.Name}: nothing is known to put in place of {{{parameter.Name}}}. Add rows of the collection to tests/LeakLab/Http/Seeder.cs, or a value to {Recipes.File}.");
    }

    public async Task<ApiAnswer> SendAsync(ApiRequest request)
    {
        var answer = await SendAsEntitledAsync(request);
        seen.Add(answer);
        return answer;
    }

    /// <summary>For somebody who may see the answer. What the request changed counts as the victim's wish.</summary>
    public async Task<ApiAnswer> SendAsEntitledAsync(ApiRequest request)
    {
        using var message = request.ToMessage();
        using var response = await lab.Api.SendAsync(message, cancellationToken);
        return await ApiAnswer.ReadAsync(request, response, cancellationToken);
    }

    /// <summary>The refusal must not tell a thing of somebody else's from nothing.</summary>
    public async Task<Outcome> RefusedAlikeAsync(ApiRequest attack, ApiRequest nothing, int? status = null)
    {
        var (there, nowhere) = (await SendAsync(attack), await SendAsync(nothing));

        if (status is not null && there.Status != status)
            return Outcome.Leaked($"expected {status}, but the answer was {there.Summary}");

        // Two successes differ in the ids and times of what they made; the marks in them are searched for anyway.
        if (there.IsSuccess && nowhere.IsSuccess && operation.Method != HttpMethod.Get && there.Status == nowhere.Status)
            return new Outcome($"{there.Status}, as for nothing");

        return there.Shape == nowhere.Shape
            ? new Outcome($"{there.Status}, as for nothing")
            : Outcome.Leaked($"tells what exists elsewhere from nothing: {there.Summary} but {nowhere.Summary}");
    }

    public Task AsAdminAsync(string sql, params Guid[] ids) => lab.AsAdminAsync(sql, ids, cancellationToken);

    /// <summary>From here on the victim's rows must stay as they are.</summary>
    public async Task ProtectAsync() => kept = await lab.Snapshots.ReadAsync(scene.Victim, cancellationToken);

    public Task<Snapshot> SnapshotAsync(Party party) => lab.Snapshots.ReadAsync(party, cancellationToken);

    public async Task<Verdict> JudgeAsync(Attack attack, string place)
    {
        await ProtectAsync();
        var secrets = kept!.Secrets;
        var outcome = await attack.RunAsync(this, place);
        var leak = outcome.Leak ?? SecretSeen(secrets) ?? await ChangeAsync();
        return leak is null ? new Verdict.Held(outcome.By) : new Verdict.Leaked(leak);
    }

    private string? SecretSeen(IReadOnlySet<string> secrets) => (
        from answer in seen
        from secret in secrets.Except(answer.Request.Planted, StringComparer.OrdinalIgnoreCase)
        where answer.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)
        select $"the answer contains {secret} of the other tenant: {answer.Summary}").FirstOrDefault();

    private async Task<string?> ChangeAsync() =>
        kept!.DifferenceFrom(await SnapshotAsync(scene.Victim)) is { } change ? $"the other tenant's rows have changed, {change}" : null;
}
