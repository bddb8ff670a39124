using System.Text;

namespace TenantPlatform.Data.Schema;

/// <summary>The model as Markdown: a diagram for each module and a section for each table. The same model always gives the same text.</summary>
public static class SchemaDocument
{
    /// <param name="platform">Need not be able to connect.</param>
    /// <param name="tenant">The same.</param>
    public static string Render(PlatformDbContext platform, TenantDbContext tenant)
    {
        var modules = DocumentedTable.Of(platform).Concat(DocumentedTable.Of(tenant))
            .OrderBy(table => table.Table.Name, StringComparer.Ordinal)
            .GroupBy(table => table.Module).OrderBy(module => module.Key, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.Append(
            """
            # Schema

            Generated from the model by `dotnet run --project MigrationWorker -- schema docs`: change an entity, not this file.

            The **control plane** is the schema `platform`. The **tenant plane** is the same set of tables in the schema `pooled`, where tenants
            live together, and in `tenant_<key>` for each tenant that lives alone. Every table has row-level security on and forced.


            """);
        RenderContents(text, modules);

        foreach (var module in modules)
        {
            text.Append($"\n## {module.Key}\n\n");
            EntityDiagram.Render(text, [.. module]);

            foreach (var table in module)
            {
                TableSection.Render(text, table);
            }
        }

        return text.ToString();
    }

    private static void RenderContents(StringBuilder text, List<IGrouping<string, DocumentedTable>> modules)
    {
        text.Append("| Module | Control plane | Tenant plane |\n|---|---|---|\n");

        foreach (var module in modules)
        {
            text.Append($"| [{module.Key}](#{module.Key.ToLowerInvariant()}) | {Names(module, control: true)} | {Names(module, control: false)} |\n");
        }
    }

    private static string Names(IEnumerable<DocumentedTable> module, bool control) =>
        string.Join(", ", module.Where(table => table.IsControlPlane == control).Select(table => table.Table.Name));
}
