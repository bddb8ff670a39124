-- Settings that come with a session of the API's role before it has said a word.
select 'setting-dangerous', split_part(setting, '=', 1), 'every session of tp_app begins with ' || setting
from pg_db_role_setting s cross join lateral unnest(s.setconfig) setting
where s.setrole in (0, (select oid from app)) and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and (setting ~* '^(tenancy\.|role=|session_authorization=)' or setting ~* '^session_replication_role=(?!origin$)')
union all
select 'setting-risky', split_part(setting, '=', 1), 'every session of tp_app begins with ' || setting
from pg_db_role_setting s cross join lateral unnest(s.setconfig) setting
where s.setrole in (0, (select oid from app)) and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and (setting ~* '^(row_security|standard_conforming_strings)=(off|false|no|0)$' or setting ~* '^(session|local)_preload_libraries='
    or setting ~* '^(lo_compat_privileges|allow_system_table_mods|backslash_quote)=(on|true|yes|1)$' or setting ~* '^search_path=(?!pooled$)')
union all
select 'setting-dangerous', s.name, 'the server''s configuration says ' || s.setting
from pg_settings s where s.name = 'session_replication_role' and s.setting <> 'origin' and s.source not like '%user' and s.source <> 'database'
union all
select 'setting-risky', s.name, 'the server''s configuration says ' || s.setting
from pg_settings s
where (s.name, s.setting) in (('row_security', 'off'), ('standard_conforming_strings', 'off'), ('lo_compat_privileges', 'on'), ('allow_system_table_mods', 'on'))
  and s.source not like '%user' and s.source <> 'database'
