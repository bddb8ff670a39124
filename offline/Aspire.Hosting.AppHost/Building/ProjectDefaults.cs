using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The variables that tell an ASP.NET Core project where to listen.</summary>
internal static class ProjectDefaults
{
    public static readonly string[] DevelopmentVariables =
    [
        "OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION",
        "OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION",
    ];

    public static void SetListenUrls(EnvironmentCallbackContext context)
    {
        var endpoints = HttpEndpoints(context).ToList();
        if (endpoints.Count == 0 || context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;

        // Redirections to https must name the proxy's port, which the process cannot know.
        if (endpoints.Find(endpoint => endpoint.IsHttps) is { } https)
            context.EnvironmentVariables["ASPNETCORE_HTTPS_PORT"] = https.Property(EndpointProperty.Port);

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!urls.IsEmpty)
                urls.AppendLiteral(";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }

    public static void SetPublishedPorts(EnvironmentCallbackContext context)
    {
        var project = (ProjectResource)context.Resource;
        if (project.GetEndpoints().Any())
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";

        foreach (var (variable, scheme) in new[] { ("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https") })
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in HttpEndpoints(context).Where(endpoint => endpoint.Scheme == scheme && endpoint.EndpointAnnotation != project.DefaultHttpsEndpoint))
            {
                if (!ports.IsEmpty)
                    ports.AppendLiteral(";");
                ports.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
            }

            if (!ports.IsEmpty)
                context.EnvironmentVariables.TryAdd(variable, ports.Build());
        }
    }

    public static void ApplyLaunchUrl(ResourceUrlsCallbackContext context, string launchUrl)
    {
        foreach (var url in context.Urls.Where(url => url.Endpoint?.EndpointAnnotation.FromLaunchProfile == true))
            url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
    }

    private static IEnumerable<EndpointReference> HttpEndpoints(EnvironmentCallbackContext context) =>
        ((IResourceWithEndpoints)context.Resource).GetEndpoints()
        .Where(endpoint => (endpoint.IsHttp || endpoint.IsHttps) && endpoint.EndpointAnnotation.TargetPortEnvironmentVariable is null);
}
