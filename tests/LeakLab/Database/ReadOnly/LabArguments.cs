namespace TenantPlatform.LeakLab.Database.ReadOnly;

/// <summary>What the command line says about the deployment to attack.</summary>
/// <param name="Connection">Of tp_app.</param>
/// <param name="Tenant">The attacker's.</param>
/// <param name="OtherTenant">The victim.</param>
internal sealed record LabArguments(string Connection, Guid Tenant, Guid OtherTenant)
{
    public const string Usage = """
        Attacks your own deployment as the API could be misused, in transactions that are always rolled back.

        dotnet run --project tests/LeakLab -- --connection <connection string> --tenant <id> --other-tenant <id> [options]
            --connection    of the role tp_app, as the API has it
            --tenant        the tenant that attacks
            --other-tenant  the tenant whose rows must not be reached
            --signing-key   of the deployment (Tenancy:SigningKey); without it only attacks run that need no signature
            --user          a member of --tenant, who must not reach rows of other people
            --pooler        the connection string through a pooler in transaction mode
            --tables        names of the tables to attack, with commas between them; without it, all
            --json          the report for programs
        Exit code: 0 nothing leaked, 1 something did or proves nothing, 2 the lab could not run.
        """;

    public string? SigningKey { get; init; }

    public Guid User { get; init; } = Guid.NewGuid();

    public string? Pooler { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlySet<string>? Tables { get; init; }

    public bool Json { get; init; }

    /// <exception cref="LabRefusal">Something is missing or unknown.</exception>
    public static LabArguments Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var rest = arguments.Where(argument => argument != "--json").ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            if (rest is not [var name, var value, ..] || name is not ("--connection" or "--tenant" or "--other-tenant" or "--signing-key" or "--user" or "--pooler" or "--tables"))
                throw new LabRefusal($"\"{rest[0]}\" is not an option, or lacks its value: see --help.");

            values[name] = value;
        }

        return new LabArguments(
            values.GetValueOrDefault("--connection") ?? throw new LabRefusal("--connection is missing: see --help."),
            Id(values, "--tenant") ?? throw new LabRefusal("--tenant is missing: see --help."),
            Id(values, "--other-tenant") ?? throw new LabRefusal("--other-tenant is missing: see --help."))
        {
            SigningKey = values.GetValueOrDefault("--signing-key"),
            User = Id(values, "--user") ?? Guid.NewGuid(),
            Pooler = values.GetValueOrDefault("--pooler"),
            Tables = values.GetValueOrDefault("--tables") is { } names ? Known(names.Split(',')) : null,
            Json = arguments.Contains("--json"),
        };
    }

    // A name that is mistyped would attack nothing.
    private static HashSet<string> Known(string[] names)
    {
        if (names.FirstOrDefault(name => GuardedTable.All.All(table => table.Table.Name != name)) is { } unknown)
            throw new LabRefusal($"\"{unknown}\" is not the name of a table with rows of tenants or people.");

        return [.. names];
    }

    private static Guid? Id(Dictionary<string, string> values, string name) => values.GetValueOrDefault(name) switch
    {
        null => null,
        var text when Guid.TryParse(text, out var id) => id,
        var text => throw new LabRefusal($"{name} is the id of a tenant or user, a UUID, and not \"{text}\"."),
    };
}

/// <summary>The lab could not run; the message says why and what to do.</summary>
internal sealed class LabRefusal(string message) : Exception(message);
