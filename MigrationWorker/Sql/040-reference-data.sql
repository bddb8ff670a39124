-- Run by tp_owner after the grants. This file is the truth about what it lists: a row that was changed by hand is changed back.

-- The catalogue that people choose from when they make a role. An action "write" implies "read", and "*" every action.
insert into platform.permissions as p (key, module, description) values
    ('*', 'platform', 'Do everything in the tenant'),
    ('tenant:*', 'tenant', 'Everything about the tenant itself'),
    ('tenant:read', 'tenant', 'See the tenant''s name, settings and plan'),
    ('tenant:write', 'tenant', 'Change the tenant''s name and settings'),
    ('tenant:transfer', 'tenant', 'Hand the tenant over to another owner'),
    ('tenant:delete', 'tenant', 'Delete the tenant and restore it'),
    ('members:*', 'members', 'Everything about members'),
    ('members:read', 'members', 'See who is a member'),
    ('members:write', 'members', 'Change roles of members, suspend and remove them'),
    ('invitations:*', 'invitations', 'Everything about invitations'),
    ('invitations:read', 'invitations', 'See who is invited'),
    ('invitations:write', 'invitations', 'Invite people and cancel invitations'),
    ('teams:*', 'teams', 'Everything about teams'),
    ('teams:read', 'teams', 'See teams and who is in them'),
    ('teams:write', 'teams', 'Make teams and change who is in them'),
    ('roles:*', 'roles', 'Everything about roles'),
    ('roles:read', 'roles', 'See roles and their permissions'),
    ('roles:write', 'roles', 'Make the tenant''s own roles and change them'),
    ('billing:*', 'billing', 'Everything about plan and payment'),
    ('billing:read', 'billing', 'See the subscription and its limits'),
    ('billing:write', 'billing', 'Change the plan and the way of payment'),
    ('settings:*', 'settings', 'Everything about the settings of members'),
    ('settings:read', 'settings', 'See the tenant''s preferences'),
    ('settings:write', 'settings', 'Change the tenant''s preferences'),
    ('todos:*', 'todos', 'Everything about todos'),
    ('todos:read', 'todos', 'See todos'),
    ('todos:write', 'todos', 'Make, change and delete todos'),
    ('onboarding:*', 'onboarding', 'Everything about onboarding'),
    ('onboarding:read', 'onboarding', 'See onboarding paths and progress'),
    ('onboarding:write', 'onboarding', 'Make onboarding paths and change them'),
    ('audit:*', 'audit', 'Everything about the audit log'),
    ('audit:read', 'audit', 'See the audit log'),
    ('reports:*', 'reports', 'Everything about reports'),
    ('reports:read', 'reports', 'See reports'),
    ('reports:write', 'reports', 'Make reports and start imports'),
    ('usage:*', 'usage', 'Everything about usage'),
    ('usage:read', 'usage', 'See how much of the plan''s limits is used')
on conflict (key) do update set module = excluded.module, description = excluded.description, updated = now(), deleted = null
where (p.module, p.description, p.deleted) is distinct from (excluded.module, excluded.description, null::timestamptz);

-- The roles that every tenant has. Ids are fixed, as names of deleted roles may come twice.
insert into platform.roles as r (id, tenant_id, is_system, name, description, permissions) values
    ('00000000-0000-7000-8000-000000000001', null, true, 'owner', 'Everything, with the tenant itself. A tenant always has one.', '["*"]'),
    ('00000000-0000-7000-8000-000000000002', null, true, 'admin', 'Runs the tenant for its owner, but neither deletes nor pays for it.',
     '["tenant:write", "members:*", "invitations:*", "teams:*", "roles:*", "billing:read", "settings:*", "todos:*", "onboarding:*", "audit:*", "reports:*", "usage:*"]'),
    ('00000000-0000-7000-8000-000000000003', null, true, 'member', 'Works in the tenant.',
     '["tenant:read", "members:read", "teams:read", "settings:read", "todos:write", "onboarding:read", "reports:read"]'),
    ('00000000-0000-7000-8000-000000000004', null, true, 'viewer', 'Looks, and changes nothing.',
     '["tenant:read", "members:read", "teams:read", "settings:read", "todos:read", "onboarding:read", "reports:read"]')
on conflict (id) do update set description = excluded.description, permissions = excluded.permissions, updated = now(), deleted = null
where (r.description, r.permissions, r.deleted) is distinct from (excluded.description, excluded.permissions, null::timestamptz);

-- Limits: numbers of todos and members, bytes of storage; what is not named has none.
insert into platform.plans as p (key, name, description, position, limits) values
    ('free', 'Free', 'For trying it out', 1, '{"todos": 1000, "members": 5, "storage": 104857600}'),
    ('pro', 'Pro', 'For a team', 2, '{"todos": 100000, "members": 100, "storage": 10737418240}'),
    ('enterprise', 'Enterprise', 'Without limits', 3, '{}')
on conflict (key) do update
set name = excluded.name, description = excluded.description, position = excluded.position, limits = excluded.limits, updated = now(), deleted = null
where (p.name, p.description, p.position, p.limits, p.deleted)
    is distinct from (excluded.name, excluded.description, excluded.position, excluded.limits, null::timestamptz);
