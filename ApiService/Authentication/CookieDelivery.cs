using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Problems;

namespace TenantPlatform.ApiService.Authentication;

internal static class CookieDelivery
{
    private const string Parameter = "cookie";

    /// <summary>With ?cookie=true the token that the endpoint answers goes into a cookie, and not into the body.</summary>
    public static RouteHandlerBuilder WithCookieDelivery(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter(DeliverAsync)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Parameter,
                In = ParameterLocation.Query,
                Description = "true: the token is set as a cookie instead of being answered. For pages of this origin.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
            });
            return Task.CompletedTask;
        });

    private static async ValueTask<object?> DeliverAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var asked = http.Request.Query[Parameter];

        if (!bool.TryParse(asked, out var wanted) && asked.Count > 0)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [Parameter] = ["Write true or false."] });
        }

        // Somebody else's page must not sign its visitor in as somebody else either.
        if (wanted && !RequestOrigin.IsOwn(http.Request))
        {
            return ProblemType.CrossSiteRequest.Result("A session's cookie is set for pages of this origin only. Programs leave the parameter out.");
        }

        var result = await next(context);
        return wanted ? Delivered(http, result is INestedHttpResult nested ? nested.Result : result) : result;
    }

    private static object? Delivered(HttpContext http, object? result) => result switch
    {
        Ok<SessionResponse> ok => TypedResults.Ok(Delivered(http, ok.Value!)),
        Created<SessionResponse> created => TypedResults.Created(created.Location, Delivered(http, created.Value!)),
        _ => result,
    };

    private static SessionResponse Delivered(HttpContext http, SessionResponse session)
    {
        SessionCookie.Write(http, session.Token!, session.Expires);
        return session with { Token = null };
    }
}
