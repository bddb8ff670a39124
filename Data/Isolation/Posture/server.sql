-- Ways out of the database, where policies do not go along.
select distinct 'publication', p.pubname::text, 'its subscribers get the rows of all tenants, because policies do not filter replication'
from pg_publication p
where p.puballtables
   or exists (select from pg_publication_rel t join relation r on r.oid = t.prrelid where t.prpubid = p.oid and r.plane is not null)
   or exists (select from pg_publication_namespace s join ours o on o.oid = s.pnnspid where s.pnpubid = p.oid)
union all
select 'subscription', s.subname::text, 'rows arrive through it without having passed a policy'
from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())
union all
select 'extension-egress', e.extname::text, 'it opens connections or files from within SQL'
from pg_extension e where e.extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'http', 'pg_net', 'aws_s3', 'aws_lambda', 'oracle_fdw', 'mysql_fdw', 'tds_fdw')
union all
select 'foreign-server-open', format('%I', s.srvname), case g.grantee when 0 then 'everybody' else 'tp_app' end || ' may use this foreign server'
from pg_foreign_server s cross join lateral aclexplode(s.srvacl) g
where g.grantee in (0, (select oid from app)) and g.grantee <> s.srvowner
union all
select 'foreign-server-open', format('%I', w.fdwname), case g.grantee when 0 then 'everybody' else 'tp_app' end || ' may define servers with this foreign-data wrapper'
from pg_foreign_data_wrapper w cross join lateral aclexplode(w.fdwacl) g
where g.grantee in (0, (select oid from app)) and g.grantee <> w.fdwowner
union all
select distinct 'large-object', l.oid::text, 'large objects have no policies, and ' || case g.grantee when 0 then 'everybody' else 'tp_app' end || ' reads this one for any tenant'
from pg_largeobject_metadata l cross join lateral aclexplode(coalesce(l.lomacl, acldefault('L', l.lomowner))) g
where g.grantee in (0, (select oid from app))
union all
select 'event-trigger', t.evtname::text, 'it runs ' || t.evtfoid::regprocedure || ' on ' || t.evtevent
from pg_event_trigger t where t.evtenabled <> 'D'
union all
select distinct 'statements-visible', c.relname::text, 'one tenant''s requests can read the statements of all others, who have the same role'
from pg_class c
join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
join pg_extension e on e.oid = d.refobjid and e.extname in ('pg_stat_statements', 'pg_stat_monitor')
cross join lateral aclexplode(c.relacl) g
where g.privilege_type = 'SELECT' and g.grantee in (0, (select oid from app)) and c.relname in ('pg_stat_statements', 'pg_stat_monitor')
