using TenantPlatform.Data.Access;

namespace TenantPlatform.Data.Tests.Access;

public sealed class PermissionSetTests
{
    [Theory]
    [InlineData("todos:read", "todos:read", "todos:read")]
    [InlineData("todos:write", "todos:read", "todos:write")]
    [InlineData("todos:*", "todos:read", "todos:*")]
    [InlineData("todos:*", "todos:write", "todos:*")]
    [InlineData("todos:*", "todos:archive", "todos:*")]
    [InlineData("*", "todos:read", "*")]
    [InlineData("*", "todos:*", "*")]
    [InlineData("*", "*", "*")]
    public void Broad_permissions_imply_narrow_ones(string granted, string asked, string decisive) =>
        Assert.Equal(decisive, new PermissionSet([granted]).GrantedBy(asked));

    [Theory]
    [InlineData("todos:read", "todos:write")]
    [InlineData("todos:write", "todos:archive")]
    [InlineData("todos:write", "todos:*")]
    [InlineData("todos:*", "*")]
    [InlineData("todos:*", "roles:read")]
    [InlineData("todo:*", "todos:read")]
    public void Narrow_permissions_imply_nothing_else(string granted, string asked) =>
        Assert.False(new PermissionSet([granted]).Implies(asked));

    [Fact]
    public void No_permission_implies_nothing() => Assert.False(new PermissionSet([]).Implies("todos:read"));

    [Fact]
    public void The_narrowest_grant_decides() =>
        Assert.Equal("todos:write", new PermissionSet(["*", "todos:*", "todos:write"]).GrantedBy("todos:read"));

    [Theory]
    [InlineData("")]
    [InlineData("todos")]
    [InlineData("todos:")]
    [InlineData("*:read")]
    [InlineData("todos:read:own")]
    [InlineData("Todos:read")]
    [InlineData("todos:read\n")]
    public void Misspelt_permissions_are_refused_not_denied(string permission)
    {
        Assert.False(PermissionSet.IsValid(permission));
        Assert.Throws<ArgumentException>(() => new PermissionSet(["*"]).Implies(permission));
    }
}
