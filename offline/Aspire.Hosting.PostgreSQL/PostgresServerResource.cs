namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server in a container.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    private const string DefaultUserName = "postgres";
    private readonly Dictionary<string, string> databases = new(StringComparer.OrdinalIgnoreCase);

    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : base(name)
    {
        ArgumentNullException.ThrowIfNull(password);
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource? UserNameParameter { get; set; }

    public ParameterResource PasswordParameter { get; set; }

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression UserNameReference => UserNameParameter is { } userName
        ? ReferenceExpression.Create($"{userName}")
        : ReferenceExpression.Create($"{DefaultUserName}");

    /// <summary>Names no database.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

    public ReferenceExpression UriExpression => BuildUri(null);

    public ReferenceExpression JdbcConnectionString => BuildJdbc(null);

    /// <summary>Resource names and the databases they stand for.</summary>
    public IReadOnlyDictionary<string, string> Databases => databases;

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => ConnectionProperties(null);

    internal void AddDatabase(string name, string databaseName) => databases.TryAdd(name, databaseName);

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties(string? database)
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        yield return new("Username", UserNameReference);
        yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        yield return new("Uri", BuildUri(database));
        yield return new("JdbcConnectionString", BuildJdbc(database));
        if (database is not null)
            yield return new("DatabaseName", ReferenceExpression.Create($"{database}"));
    }

    internal ReferenceExpression BuildUri(string? database)
    {
        var uri = new ReferenceExpressionBuilder();
        uri.AppendLiteral("postgresql://");
        if (UserNameParameter is { } userName)
            uri.AppendFormatted(userName, "uri");
        else
            uri.AppendLiteral(DefaultUserName);
        uri.Append($":{PasswordParameter:uri}@{Host}:{Port}");
        return WithPath(uri, database);
    }

    internal ReferenceExpression BuildJdbc(string? database)
    {
        var url = new ReferenceExpressionBuilder();
        url.Append($"jdbc:postgresql://{Host}:{Port}");
        return WithPath(url, database);
    }

    private static ReferenceExpression WithPath(ReferenceExpressionBuilder url, string? database)
    {
        if (database is not null)
            url.Append($"/{database:uri}");
        return url.Build();
    }
}
