using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Platform;
using TenantPlatform.ApiService.Tenancy;

namespace TenantPlatform.ApiService.OpenApi;

internal static class ApiDocument
{
    private const string SecurityScheme = "session";
    private const string Authenticated = "authenticated";
    private const string Member = "member";
    private const string Tenant = TenantMemberRequirement.RouteParameter;

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options => options
        .AddDocumentTransformer(Describe)
        .AddOperationTransformer(RequireSession)
        .AddOperationTransformer(NamePermission)
        .AddOperationTransformer(NameParameters)
        .AddSchemaTransformer(DescribeTimes));

    /// <summary>The document at /openapi/v1.json, and in Development a page at /docs that lets one try it.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi();

        if (app.Environment.IsDevelopment())
        {
            app.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "docs";
                ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            });
        }
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "TenantPlatform", Version = "v1" };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The token that verify-email and sign-in answer.",
        };
        return Task.CompletedTask;
    }

    private static Task RequireSession(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    // Tells apart what a member's roles decide, what the platform's staff may do, what every member may do, what everybody may do who is signed in, and what is open (no x-permission).
    private static Task NamePermission(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<IAuthorizeData>().Select(authorize => authorize.Policy).ToList();
        var permission = metadata.OfType<RequiredPermission>().LastOrDefault()?.Permission
            ?? metadata.OfType<RequiredPlatformRole>().LastOrDefault()?.Permission
            ?? (policies.Contains(Policies.TenantMember) ? Member : policies.Count > 0 ? Authenticated : null);

        if (permission is not null)
        {
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())["x-permission"] = new JsonNodeExtension(JsonValue.Create(permission));
        }

        return Task.CompletedTask;
    }

    private static Task NameParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }

        // Most handlers do not take the tenant's name: authorization has already turned it into their TenantDbContext.
        if (context.Description.RelativePath!.Contains($"{{{Tenant}}}", StringComparison.Ordinal)
            && operation.Parameters?.Any(parameter => parameter.Name == Tenant) is not true)
        {
            (operation.Parameters ??= []).Insert(0, new OpenApiParameter
            {
                Name = Tenant,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    }

    // The generator leaves types with a converter of ours without one.
    private static Task DescribeTimes(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}
