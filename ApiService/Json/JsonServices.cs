using System.Text.Json.Serialization;

namespace TenantPlatform.ApiService.Json;

internal static class JsonServices
{
    public static void AddApiJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default);
        json.SerializerOptions.Converters.Add(new UtcTimeConverter());
        json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        json.SerializerOptions.AllowDuplicateProperties = false;
    });
}
