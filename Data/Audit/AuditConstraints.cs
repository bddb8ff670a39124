namespace TenantPlatform.Data.Audit;

internal static class AuditConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_audit_logs_actor_type"] = new("actorType", "The type of actor must be member, platform or system."),
        ["ck_audit_logs_actor_known"] = new("actorId", "An actor has an id exactly when it is not the system."),
        ["ck_audit_logs_action_format"] = new("action", "The action must be a resource and a verb, such as todo.updated, of at most 100 characters."),
        ["ck_audit_logs_resource_type_format"] = new("resourceType", "The type of resource must have 1 to 63 characters a-z, 0-9 and '_', and begin with a letter."),
        ["ck_audit_logs_resource_id_length"] = new("resourceId", "The id of the resource must have 1 to 200 characters."),
        ["ck_audit_logs_old_values_object"] = new("oldValues", "The old values must be a JSON object."),
        ["ck_audit_logs_new_values_object"] = new("newValues", "The new values must be a JSON object."),
        ["ck_audit_logs_ip_address_length"] = new("ipAddress", "The IP address must have at most 45 characters."),
        ["ck_audit_logs_user_agent_length"] = new("userAgent", "The user agent must have at most 1000 characters."),
        ["ck_audit_logs_trace_id_format"] = new("traceId", "The trace id must have 32 hexadecimal digits in lower case."),

        ["ck_platform_audit_logs_action_format"] = new("action", "The action must be a resource and a verb, such as user.banned, of at most 100 characters."),
        ["ck_platform_audit_logs_resource_type_format"] = new("resourceType", "The type of resource must have 1 to 63 characters a-z, 0-9 and '_', and begin with a letter."),
        ["ck_platform_audit_logs_resource_id_length"] = new("resourceId", "The id of the resource must have 1 to 200 characters."),
        ["ck_platform_audit_logs_details_object"] = new("details", "The details must be a JSON object whose values are texts."),
        ["ck_platform_audit_logs_ip_address_length"] = new("ipAddress", "The IP address must have at most 45 characters."),
        ["ck_platform_audit_logs_user_agent_length"] = new("userAgent", "The user agent must have at most 1000 characters."),
        ["ck_platform_audit_logs_trace_id_format"] = new("traceId", "The trace id must have 32 hexadecimal digits in lower case."),

        ["ck_system_metrics_name_format"] = new("name", "The name must be words of a-z, 0-9 and '_' with dots between, at most 200 characters."),
        ["ck_system_metrics_value_finite"] = new("value", "The value must be a finite number."),
        ["ck_system_metrics_unit_length"] = new("unit", "The unit must have 1 to 63 characters."),
        ["ck_system_metrics_tags_object"] = new("tags", "The tags must be a JSON object whose values are texts."),

        ["ck_error_logs_severity"] = new("severity", "The severity must be warning, error or critical."),
        ["ck_error_logs_source_length"] = new("source", "The source must have 1 to 200 characters."),
        ["ck_error_logs_type_length"] = new("type", "The type must have 1 to 500 characters."),
        ["ck_error_logs_message_length"] = new("message", "The message must have at most 10000 characters."),
        ["ck_error_logs_stack_length"] = new("stack", "The stack must have at most 100000 characters."),
        ["ck_error_logs_trace_id_format"] = new("traceId", "The trace id must have 32 hexadecimal digits in lower case."),
        ["ck_error_logs_details_object"] = new("details", "The details must be a JSON object whose values are texts."),
        ["ck_error_logs_resolved_after_created"] = new("resolved", "The resolution must not be before the error."),
        ["ck_error_logs_resolution_of_resolved"] = new("resolved", "An error that is not resolved has neither a resolution nor somebody who resolved it."),
        ["ck_error_logs_resolution_length"] = new("resolution", "The resolution must have at most 10000 characters."),
        ["fk_error_logs_users_user_id"] = new("userId", "There is no such user."),
        ["fk_error_logs_users_resolved_by"] = new("resolvedBy", "There is no such user."),
    };
}
