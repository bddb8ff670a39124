using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using TenantPlatform.Data.Isolation;

namespace TenantPlatform.LeakLab.Tests.Mutations;

/// <summary>As if FilterByTenant were not called.</summary>
internal sealed class WithoutFilter(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            entity.SetQueryFilter(TenantFilter.Name, null);
    }
}

/// <summary>Runs after the product's interceptor and takes out what that has put in front of the command.</summary>
internal sealed class WithoutEnter : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var end = command.CommandText.IndexOf('\n', StringComparison.Ordinal);
        if (command.CommandText.StartsWith("call tenancy.enter", StringComparison.Ordinal))
            (command.CommandText, _) = (command.CommandText[(end + 1)..], command.Parameters.Remove());

        return ValueTask.FromResult(result);
    }
}

/// <summary>Signs once, and sends every tenant's commands with what it has signed.</summary>
internal sealed class WithKeptContext : DbCommandInterceptor
{
    private string? kept;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.Parameters.OfType<NpgsqlParameter<string>>().SingleOrDefault(parameter => parameter.ParameterName == "tenancy_context") is { } context)
            context.TypedValue = kept ??= context.TypedValue;

        return ValueTask.FromResult(result);
    }
}

/// <summary>A pool whose DbContexts still have the context of their last lease when they are leased again.</summary>
internal sealed class Remembering : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbContext, TenantContext> contexts = [];

    public static Remembering Contexts { get; } = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is TenancyDbContext { Context: { } context })
            contexts.AddOrUpdate(eventData.Context, context);

        return ValueTask.FromResult(result);
    }

    internal sealed class Factory<TContext>(IDbContextFactory<TContext> pool) : IDbContextFactory<TContext>
        where TContext : TenancyDbContext
    {
        public TContext CreateDbContext()
        {
            var db = pool.CreateDbContext();
            db.Context = Contexts.contexts.TryGetValue(db, out var former) ? former : null;
            return db;
        }
    }
}

internal static class ParameterExtensions
{
    /// <summary>The last one, which the product's interceptor added.</summary>
    public static bool Remove(this DbParameterCollection parameters)
    {
        parameters.RemoveAt(parameters.Count - 1);
        return true;
    }
}
