using TenantPlatform.ApiService;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Health;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Json;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.ApiService.OpenApi;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Problems;
using TenantPlatform.ApiService.RateLimits;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.ApiService.Todos;
using TenantPlatform.Data;
using TenantPlatform.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTenantPlatformData();
builder.AddRequestLimits();
builder.Services.AddProblems();
builder.Services.AddApiJson();
builder.Services.AddValidation();
builder.Services.AddSessionAuthentication();
builder.Services.AddTenantMembership();
builder.Services.AddNotifications();
builder.Services.AddSingleton<CursorCodec>();
builder.Services.AddApiDocument();
builder.Services.AddDatabaseHealth();

await using var app = builder.Build();
app.MapServiceDefaults();
app.UseResponseHeaders();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseTenantTelemetry();
app.UseRateLimiter();

app.MapIdentity();
app.MapTenants();
app.MapMembers();
app.MapOwnership();
app.MapTeams();
app.MapTodos();
app.MapApiDocument();

return await app.RunWhenDatabaseIsReadyAsync();
