using Npgsql;

namespace TenantPlatform.Fixtures;

/// <summary>One database of the throw-away server, as each of its roles reaches it.</summary>
/// <param name="Admin">The superuser's connection string.</param>
/// <param name="Owner">tp_owner's.</param>
/// <param name="App">tp_app's, the API's.</param>
public sealed record TestDatabase(string Name, string Admin, string Owner, string App)
{
    internal static TestDatabase On(string server, string name, string ownerPassword, string appPassword)
    {
        string As(string? role, string? password)
        {
            // Npgsql's default is all that the server has, so a second pool would be refused where it could have waited.
            var access = new NpgsqlConnectionStringBuilder(server) { Database = name, IncludeErrorDetail = true, MaxPoolSize = 40 };
            (access.Username, access.Password) = role is null ? (access.Username, access.Password) : (role, password);
            return access.ConnectionString;
        }

        return new TestDatabase(name, As(null, null), As("tp_owner", ownerPassword), As("tp_app", appPassword));
    }
}
