namespace TenantPlatform.Data.Todos;

internal static class TodoConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_todos_title_length"] = new("title", "The title must have 1 to 500 characters."),
        ["ck_todos_description_length"] = new("description", "The description must have at most 10000 characters."),
        ["ck_todos_priority_range"] = new("priority", "The priority must be between 1 (most urgent) and 5."),
        ["fk_todos_tenant_users_tenant_id_assigned_to"] = new("assignedTo", "This user is not a member of the tenant. If they are about to leave, first unassign their todos."),
        ["fk_todos_tenant_users_tenant_id_created_by"] = new("createdBy", "This user is not a member of the tenant."),
    };
}
