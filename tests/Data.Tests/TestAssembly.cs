using TenantPlatform.Fixtures;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]
