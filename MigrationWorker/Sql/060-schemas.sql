-- Only in the file that the verb "script" writes: one migration in every schema that has had the one before it, a transaction each.
-- What fails is put in quarantine, as the worker does, and the others go on.

do $schemas$
declare
    behind record;
    statement text;
begin
    loop
        select s.name, s.tenant_id into behind from platform.tenant_schemas s
        where s.applied_migration = '{before}' and s.error is null order by s.canary desc, s.name limit 1 for update skip locked;
        exit when not found;

        begin
            execute format('set local search_path = %I', behind.name);
            execute $step$
{step}
$step$;

            for statement in execute $likeness$
{likeness}
$likeness$ using behind.name::text, behind.tenant_id
            loop
                execute statement;
            end loop;

            update platform.tenant_schemas
            set applied_migration = '{migration}', started = transaction_timestamp(), finished = clock_timestamp(), updated = now() where name = behind.name;
        exception when others then
            -- Connections, resources, the operator, files: no schema is to blame for those.
            if sqlstate ~ '^(08|53|57|58)' then
                raise;
            end if;

            raise warning '% is in quarantine: %', behind.name, sqlerrm;
            update platform.tenant_schemas set error = sqlerrm, failures = failures + 1, updated = now() where name = behind.name;
        end;

        commit;
    end loop;
end $schemas$;
