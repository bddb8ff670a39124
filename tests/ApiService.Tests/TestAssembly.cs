using TenantPlatform.ApiService.Tests;

[assembly: AssemblyFixture(typeof(ApiFixture))]
