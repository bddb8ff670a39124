namespace TenantPlatform.Data.Access;

internal static class AccessConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_permissions_key_format"] = new("key", "A permission is written 'module:action', 'module:*' or '*'."),
        ["ck_permissions_module_of_key"] = new("module", "The module must be the part of the key before the colon."),
        ["ck_permissions_description_length"] = new("description", "The description must have 1 to 500 characters."),

        ["ck_roles_name_format"] = new("name", "The name must have 1 to 50 characters a-z, 0-9, '-' and '_', and begin with a letter."),
        ["ck_roles_name_not_reserved"] = new("name", "The names owner, admin, member and viewer belong to system roles: choose another."),
        ["ck_roles_is_system_without_tenant"] = new("isSystem", "A role belongs either to the system or to a tenant."),
        ["ck_roles_description_length"] = new("description", "The description must have at most 500 characters."),
        ["ck_roles_permissions_array"] = new("permissions", "Permissions must be a list."),
        ["ck_roles_permissions_format"] = new("permissions", "Each permission must be written 'module:action', 'module:*' or '*', and all of them must fit in 8192 characters."),
        ["ix_roles_tenant_id_name"] = new("name", "Another role has this name."),
    };
}
