using TenantPlatform.Fixtures;
using TenantPlatform.MigrationWorker.Verbs;

namespace TenantPlatform.Schema.Tests;

public sealed class SchemaDocumentTests
{
    [Fact]
    public async Task The_committed_document_is_what_the_model_says()
    {
        var committed = await File.ReadAllTextAsync(Repository.PathOf("docs/schema.md"), Cancel);

        Assert.True(
            committed == SchemaDocsVerb.Render(),
            "docs/schema.md is stale: run 'dotnet run --project MigrationWorker -- schema docs' and commit the result.");
    }

    [Fact]
    public void The_same_model_gives_the_same_text() => Assert.Equal(SchemaDocsVerb.Render(), SchemaDocsVerb.Render());
}
