namespace TenantPlatform.AppHost;

internal static class MailServer
{
    /// <summary>Whoever deploys names the server that sends messages to people. On this machine the API shows them instead of sending.</summary>
    public static IResourceBuilder<ProjectResource> WithMailServer(this IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;

        return builder.ExecutionContext.IsRunMode ? project : project
            .WithEnvironment("Notifications__Host", builder.AddParameter("smtp-host"))
            .WithEnvironment("Notifications__User", builder.AddParameter("smtp-user"))
            .WithEnvironment("Notifications__Password", builder.AddParameter("smtp-password", secret: true))
            .WithEnvironment("Notifications__From", builder.AddParameter("smtp-from"))
            .WithEnvironment("Notifications__LinkBase", builder.AddParameter("link-base"));
    }
}
