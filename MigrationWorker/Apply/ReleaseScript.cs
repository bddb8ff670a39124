using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TenantPlatform.Data;
using TenantPlatform.MigrationWorker.Schemas;

namespace TenantPlatform.MigrationWorker.Apply;

/// <summary>What apply does, as one file for psql that can be run again: on an empty database and on one of any earlier release.</summary>
internal static class ReleaseScript
{
    private const string Preface = """
        -- Brings a database to this release: roles, functions, control plane, pooled tenant plane, grants and every schema of a tenant that lives alone.
        -- Run it with psql as a role that may create roles, in the database itself, which must exist. It can be run again.
        --
        -- Not in here, because it is secret: the passwords of tp_owner and tp_app, and the key that signs tenant contexts. Run the worker
        -- once afterwards, which sets all three and verifies the result; or set the passwords yourself, and let 'keys rotate' install the key.
        -- Indexes are created without CONCURRENTLY, which idempotent SQL cannot do: on large tables let the worker do it.
        \set ON_ERROR_STOP on

        """;

    // A managed server's administrator owns nothing of a role's until it is a member of it.
    private const string BecomeOwner = """
        do $$ begin
            if not pg_has_role(current_user, 'tp_owner', 'member') then
                execute format('grant tp_owner to %I', current_user);
            end if;
        end $$;
        set role tp_owner;

        """;

    public static string Render(PlatformDbContext platform, TenantDbContext tenant, TenantPlaneSteps steps)
    {
        var script = new StringBuilder(Preface);
        Append(script, "Roles and what belongs to the server", SqlScript.Read("010-roles") + SqlScript.Read("015-side-channels") + BecomeOwner);
        Append(script, "Functions that policies ask", SqlScript.Read("020-tenancy"));
        Append(script, "Control plane", Idempotent(platform));
        Append(script, "Pooled tenant plane", $"set search_path = {TenantDbContext.PooledSchema};\n{Idempotent(tenant)}reset search_path;\n");
        Append(script, "Grants", SqlScript.Read("030-grants"));
        Append(script, "Statistics", SqlScript.Read("035-statistics"));
        Append(script, "Reference data", SqlScript.Read("040-reference-data"));

        foreach (var (before, step) in steps.All.Zip(steps.All.Skip(1)))
        {
            Append(script, $"{step.Id} in schemas of their own", InSchemas(before.Id, step));
        }

        return script.Append("reset role;\n").ToString();
    }

    private static string InSchemas(string before, MigrationStep step) => SqlScript.Read("060-schemas")
        .Replace("{before}", before, StringComparison.Ordinal)
        .Replace("{migration}", step.Id, StringComparison.Ordinal)
        .Replace("{step}", Everyday(step.Script), StringComparison.Ordinal)
        .Replace("{likeness}", SqlScript.Read("048-likeness-of-pooled") + SqlScript.Read("050-likeness"), StringComparison.Ordinal);

    private static string Idempotent(DbContext db) =>
        Everyday(db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));

    private static string Everyday(string sql) => sql.Replace(" INDEX CONCURRENTLY ", " INDEX ", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder script, string title, string sql) => script.Append($"\n-- {title}\n\n{sql}").Append(sql.EndsWith('\n') ? "" : "\n");
}
