namespace TenantPlatform.Data.Reporting;

internal static class ReportingConstraints
{
    public static readonly Dictionary<string, ConstraintMessage> Messages = new()
    {
        ["ck_report_weeks_status"] = new("status", "The status must be draft, ready or published."),
        ["ck_report_weeks_published"] = new("published", "A report has a time of publication exactly when it is published."),
        ["ck_report_weeks_summary_length"] = new("summary", "The summary must have at most 100000 characters."),
        ["ix_report_weeks_tenant_id_week_ending_date"] = new("weekEndingDate", "There is already a report about this week."),

        ["ck_sync_runs_trigger"] = new("trigger", "The trigger must be schedule or manual."),
        ["ck_sync_runs_status"] = new("status", "The status must be running, succeeded, failed or cancelled."),
        ["ck_sync_runs_finished"] = new("finished", "A run has a time of finishing exactly when it is not running."),
        ["ck_sync_runs_finished_after_started"] = new("finished", "The finish must not be before the start."),
        ["ck_sync_runs_records_fetched_not_negative"] = new("recordsFetched", "The number of records must not be negative."),
        ["ck_sync_runs_error_of_failed"] = new("error", "A run has an error of at most 10000 characters exactly when it failed."),
        ["fk_sync_runs_report_weeks_tenant_id_report_week_id"] = new("reportWeekId", "There is no such report in this tenant."),

        ["ck_ct_raw_snapshots_endpoint_format"] = new("endpoint", "The endpoint must be a path that begins with a slash, of at most 2000 characters without blanks."),
        ["ck_ct_raw_snapshots_parameters_object"] = new("parameters", "The parameters must be a JSON object whose values are texts."),
        ["ck_ct_raw_snapshots_status_code_range"] = new("statusCode", "The status code must be between 100 and 599."),
        ["fk_ct_raw_snapshots_sync_runs_tenant_id_sync_run_id"] = new("syncRunId", "There is no such run in this tenant."),
    };
}
