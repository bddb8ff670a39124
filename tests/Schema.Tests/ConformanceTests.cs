using System.Reflection;
using Npgsql;
using TenantPlatform.Data;

namespace TenantPlatform.Schema.Tests;

/// <summary>Every table and column of the five documents is where docs/seeds.md says, and is what it says.</summary>
[Collection(DatabaseCopies.Collection)]
public sealed class ConformanceTests(DatabaseCopies databases)
{
    public static TheoryData<string> Columns => [.. SeedsDocument.Columns
        .Where(column => column.Column.Length > 0 && column.Ours != SeedsDocument.NotHere).Select(column => column.Ours).Distinct()];

    public static TheoryData<string> Helpers => [.. SeedsDocument.Helpers];

    [Fact]
    public async Task The_database_keeps_every_promise()
    {
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);

        var broken = Conformance.FindBrokenPromises(await LiveSchema.ReadAsync(owner)).ToList();

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    [Fact]
    public void All_five_documents_are_mapped()
    {
        var documents = SeedsDocument.Columns.CountBy(column => column.Document).ToDictionary();

        Assert.Equal(
            ["0-core-tables.md", "1-workspaces.md", "2-organizations-onboarding-audit.md", "3-auth-organizations-billing-todos.md", "4-agency-reporting.md"],
            documents.Keys.Order(StringComparer.Ordinal));
        Assert.True(SeedsDocument.Columns.Count > 200, $"Only {SeedsDocument.Columns.Count} rows were read.");
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_missing_column_is_noticed(string column)
    {
        var (table, name) = (column[..column.LastIndexOf('.')], column[(column.LastIndexOf('.') + 1)..]);
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        await using NpgsqlTransaction rolledBack = await owner.BeginTransactionAsync(Cancel);
        await owner.ExecuteAsync($"alter table {table} drop column {name} cascade");

        Assert.Contains(Conformance.FindBrokenPromises(await LiveSchema.ReadAsync(owner)), problem => problem.EndsWith($"there is no column {column}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alter table platform.users alter column name type varchar(255)", "platform.users.name promises type 'text', and has 'character varying(255)'")]
    [InlineData("alter table platform.users alter column name set not null", "platform.users.name promises null 'yes', and has 'no'")]
    [InlineData("drop index platform.ix_users_email", "platform.users.email promises unique 'email where deleted is null', and has ''")]
    [InlineData("create unique index on platform.users (name)", "platform.users.name promises unique '', and has 'name'")]
    [InlineData("drop index pooled.ix_ct_raw_snapshots_tenant_id_endpoint", "no index begins with pooled.ct_raw_snapshots (tenant_id, endpoint)")]
    [InlineData("alter table platform.sessions drop constraint fk_sessions_users_user_id", "platform.sessions.user_id promises references 'platform.users (id)', and has ''")]
    [InlineData(
        "alter table platform.sessions drop constraint fk_sessions_users_user_id, add foreign key (user_id) references platform.users on delete restrict",
        "platform.sessions.user_id promises on delete 'cascade', and has 'restrict'")]
    public async Task A_broken_promise_is_said_in_words(string change, string sentence)
    {
        await using var owner = await Sql.OpenAsync(databases.Spare.Owner);
        await using NpgsqlTransaction rolledBack = await owner.BeginTransactionAsync(Cancel);
        await owner.ExecuteAsync(change);

        Assert.Contains(Conformance.FindBrokenPromises(await LiveSchema.ReadAsync(owner)), problem => problem.EndsWith(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Helpers))]
    public void A_helper_exists(string helper)
    {
        var (type, member) = helper.Split('.') is [var left, var right] ? (left, right) : (helper, "");

        Assert.Contains(
            typeof(PlatformDbContext).Assembly.GetTypes(),
            candidate => candidate.Name == type
                && candidate.GetMember(member, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance).Length > 0);
    }
}
