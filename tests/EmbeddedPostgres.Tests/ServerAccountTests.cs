using TenantPlatform.EmbeddedPostgres.Server;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class ServerAccountTests
{
    [Fact]
    public void User_postgres_is_preferred() =>
        Assert.Equal(("postgres", "101", "104"), ServerAccount.Unprivileged(
            ["root:x:0:0:root:/root:/bin/sh", "nobody:x:65534:65534::/:/bin/false", "postgres:x:101:104::/var/lib/postgresql:/bin/sh"]));

    [Fact]
    public void Nobody_serves_where_there_is_no_postgres() =>
        Assert.Equal(("nobody", "65534", "65534"), ServerAccount.Unprivileged(["root:x:0:0:root:/root:/bin/sh", "nobody:x:65534:65534::/:/bin/false"]));

    [Fact]
    public void Root_by_another_name_is_not_taken() =>
        Assert.Null(ServerAccount.Unprivileged(["root:x:0:0:root:/root:/bin/sh", "postgres:x:0:0::/:/bin/sh"]));
}
