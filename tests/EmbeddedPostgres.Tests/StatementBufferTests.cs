using TenantPlatform.EmbeddedPostgres.Sql;

namespace TenantPlatform.EmbeddedPostgres.Tests;

public sealed class StatementBufferTests
{
    [Theory]
    [InlineData("select 1;", "select 1;")]
    [InlineData("select 1; select 2;", "select 1;|select 2;")]
    [InlineData("select 1\n + 2;", "select 1\n + 2;")]
    [InlineData("select 'a;b', 'it''s;';", "select 'a;b', 'it''s;';")]
    [InlineData("select 'a\n;b';", "select 'a\n;b';")]
    [InlineData("select 1 -- no; end\n;", "select 1 -- no; end\n;")]
    [InlineData("select /* ; \n ; */ 1;", "select /* ; \n ; */ 1;")]
    [InlineData("do $$ begin\n null;\n end $$;", "do $$ begin\n null;\n end $$;")]
    [InlineData("do $a$ select '$$;' ; $a$; select 1;", "do $a$ select '$$;' ; $a$;|select 1;")]
    [InlineData("select \"a;b\";", "select \"a;b\";")]
    public void Semicolon_ends_a_statement_except_in_quotes_and_comments(string typed, string expected)
    {
        var buffer = new StatementBuffer();

        var statements = typed.Split('\n').SelectMany(buffer.Add).ToList();

        Assert.Equal(expected.Split('|'), statements);
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void Unfinished_statement_is_the_rest()
    {
        var buffer = new StatementBuffer();

        Assert.Empty(buffer.Add("select 1"));

        Assert.Equal("select 1", buffer.Rest());
        Assert.True(buffer.IsEmpty);
    }
}
