-- To whom the schema of each tenant should be pinned. Who sees no tenants, as the API does not, finds nothing.
select 'pin-other', p.name, 'it is pinned to ' || p.tenant_id || ', and its schema is that of ' || t.id
from pinned p join platform.tenants t on p.schema = 'tenant_' || t.key
where p.tenant_id <> t.id::text
