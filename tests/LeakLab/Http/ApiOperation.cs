using System.Text.Json.Nodes;

namespace TenantPlatform.LeakLab.Http;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Id">Its operationId, else its method and path.</param>
/// <param name="Path">With placeholders, such as /tenants/{tenant}/todos.</param>
/// <param name="NeedsSession">False for what strangers may call, such as signing in.</param>
/// <param name="Permission">Its x-permission, or null.</param>
internal sealed record ApiOperation(string Id, HttpMethod Method, string Path, bool NeedsSession, string? Permission)
{
    private const string TenantParameter = "tenant";

    public string Name => $"{Method} {Path}";

    /// <summary>That a role must grant, as module:action; other values name who may call it whatever their roles.</summary>
    public bool NeedsPermission => Permission is "*" || Permission?.Contains(':', StringComparison.Ordinal) is true;

    /// <summary>For the platform's own staff, who may enter any tenant.</summary>
    public bool IsPlatform => Path.StartsWith("/platform", StringComparison.Ordinal);

    /// <summary>At work in the one tenant that the path names.</summary>
    public bool IsInTenant => !IsPlatform && Parameters.Any(parameter => parameter is { In: "path", Name: TenantParameter });

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public JsonObject? Body { get; init; }

    public IEnumerable<ApiParameter> PathParameters => Parameters.Where(parameter => parameter.In is "path");

    public IEnumerable<ApiParameter> QueryParameters => Parameters.Where(parameter => parameter.In is "query");

    /// <summary>What names a row; a token in the path is a key to it, and knowing another's would be no attack.</summary>
    public IEnumerable<ApiParameter> RowParameters => PathParameters.Where(
        parameter => parameter.Name != TenantParameter && !parameter.Name.Contains("token", StringComparison.OrdinalIgnoreCase));

    public bool TakesHeader(string name) =>
        Parameters.Any(parameter => parameter.In is "header" && parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The collection that a path parameter chooses from, with the one around it first: teams/members, then members.</summary>
    public IEnumerable<string> CollectionsOf(ApiParameter parameter)
    {
        var parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var position = Array.IndexOf(parts, $"{{{parameter.Name}}}");
        var words = parts[..position].Where(part => !part.StartsWith('{')).Reverse().ToArray();

        if (words.Length > 1)
            yield return $"{words[1]}/{words[0]}";

        if (words.Length > 0)
            yield return words[0];
    }
}

/// <param name="In">path, query or header.</param>
internal sealed record ApiParameter(string Name, string In, bool Required, JsonObject Schema);
