using TenantPlatform.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

using var local = LocalState.Open(builder);
if (local is null)
{
    return 1;
}

var ownerPassword = builder.AddSecret("owner-password");
var appPassword = builder.AddSecret("app-password");
var signingKey = builder.AddSecret("signing-key");

// A container when publishing, else whatever PostgreSQL this machine can have: see DatabaseServer.
var server = await DatabaseServer.AddAsync(builder, local);
var app = builder.AddConnectionString(
    "tenantplatform",
    ReferenceExpression.Create($"{server.Address};Username=tp_app;Password={appPassword};Database=tenantplatform"));

// Roles, migrations, policies; ends with exit code 0 only when the catalog proves that tenants are isolated.
var migrations = AddWorker("migrations")
    .WithVerb("verify", "Verify", "Compares every schema with what this build expects", "ShieldCheckmark")
    .WithVerb("plan", "Plan", "Shows what the next migration would do, and does nothing", "TaskListLtr")
    .WithVerb("doctor", "Doctor", "Lists what breaks the isolation of tenants", "Stethoscope");

// The same program, as long as the application runs: builds the schemas of tenants that ask for one of their own.
var provisioner = AddWorker("provisioner")
    .WithArgs("serve")
    .WaitForCompletion(migrations);

// Serves requests as tp_app, which row-level security holds; it never sees the owner's or the administrator's password.
var api = builder.AddProject<Projects.ApiService>("api")
    .WithReference(app)
    .WithEnvironment("Tenancy__SigningKey", signingKey)
    .WithMailServer()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WaitForServer(server)
    .WaitForCompletion(migrations);

builder.UseFreePorts();
server.Resource?.ReportFailure("nothing that needs the database starts");
migrations.ReportFailure("'api' is not started");
provisioner.ReportFailure("tenants wait for schemas of their own");
api.ReportReady();
local.OfferSqlSessions(migrations, server, ownerPassword, appPassword);

builder.Build().Run();
return 0;

IResourceBuilder<ProjectResource> AddWorker(string name) => builder.AddProject<Projects.MigrationWorker>(name)
    .WithReference(server.Admin)
    .WithEnvironment("Database__OwnerPassword", ownerPassword)
    .WithEnvironment("Database__AppPassword", appPassword)
    .WithEnvironment("Tenancy__SigningKey", signingKey)
    .WaitForServer(server);
