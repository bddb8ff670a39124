using Npgsql;
using TenantPlatform.Fixtures;

namespace TenantPlatform.ApiService.Tests;

/// <summary>One API on one migrated database for all tests; each makes users and tenants of its own.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private Api? api;
    private NpgsqlDataSource? admin;

    public DatabaseFixture Database { get; } = new();

    public Api Api => api ?? throw new InvalidOperationException("The fixture has not been started.");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        admin = NpgsqlDataSource.Create(Database.AdminConnectionString);
        api = NewApi([], pollSeconds: "5");
    }

    public async ValueTask DisposeAsync()
    {
        if (api is not null)
            await api.DisposeAsync();

        if (admin is not null)
            await admin.DisposeAsync();

        await Database.DisposeAsync();
    }

    /// <summary>
    /// Another API over the same database. Sign up at <see cref="Api"/> and come with the session: whoever writes messages also sends
    /// those that others left behind.
    /// </summary>
    public Api Start(IReadOnlyDictionary<string, string>? settings = null) =>
        NewApi(new Dictionary<string, string>(settings ?? new Dictionary<string, string>()), pollSeconds: "3600");

    /// <summary>What no endpoint can do yet, or what must not be possible through one. The API forgets what it knew before.</summary>
    public async Task<int> AsAdminAsync(string sql, Guid id, Guid? otherId = null)
    {
        await using var command = Command(sql, id, otherId);
        var changed = await command.ExecuteNonQueryAsync(Cancel);
        Api.Forget();
        return changed;
    }

    public async Task<T?> ReadAsAdminAsync<T>(string sql, Guid id)
    {
        await using var command = Command(sql, id);
        return await command.ExecuteScalarAsync(Cancel) is T value ? value : default;
    }

    public async Task<long> CountAsAdminAsync(string sql, string value)
    {
        await using var command = admin!.CreateCommand(sql);
        command.Parameters.AddWithValue(value);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    internal Task AddMemberAsync(TenantCaller tenant, Caller user, string role = "member") => AsAdminAsync(
        $"insert into platform.tenant_users (tenant_id, user_id, roles) values ($1, $2, '{{{role}}}')", tenant.TenantId, user.UserId);

    /// <summary>A new user who is a member of the tenant.</summary>
    internal async Task<Caller> SignUpMemberAsync(TenantCaller tenant, string role = "member")
    {
        var user = await Api.SignUpAsync();
        await AddMemberAsync(tenant, user, role);
        return user;
    }

    internal async Task<(TenantCaller Tenant, Caller Member)> SignUpTenantWithAsync(string role)
    {
        var tenant = await Api.SignUpWithTenantAsync();
        return (tenant, await SignUpMemberAsync(tenant, role));
    }

    private Api NewApi(Dictionary<string, string> settings, string pollSeconds)
    {
        settings.TryAdd("Notifications:PollSeconds", pollSeconds);
        return new Api(Database.Server.Database("tenantplatform"), Database.SigningKey, settings);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<Guid?> ids)
    {
        var command = admin!.CreateCommand(sql);

        foreach (var id in ids)
        {
            if (id is not null)
                command.Parameters.AddWithValue(id);
        }

        return command;
    }
}
