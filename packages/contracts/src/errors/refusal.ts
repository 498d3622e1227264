import { z } from 'zod'

/** Why something was refused, where a code says too little: whoever shows it words it in the reader's language. */
export const refusalReasons = [
  // budgets; amounts in billionths of a dollar
  'budget_spent',
  'budget_spent_reserved',
  'budget_short',
  'budget_short_reserved',
  'budget_spent_visitor',
  'budget_unpriced',
  'budget_unpriced_visitor',
  'budgets_at_most',

  // what a provider of models answered: `said` is in its own words
  'provider_connection',
  'provider_unavailable',
  'provider_rate_limit',
  'provider_authorization',
  'provider_bad_request',
  'provider_context_length',
  'provider_context_length_set',
  'provider_content_refused',
  'provider_out_of_reach',
  'provider_silent',

  // credentials of providers, and models that were added
  'credentials_name_taken',
  'credentials_secret_again',
  'price_half',
  'credentials_address',

  // the server
  'database_away',

  // accounts
  'wrong_codes',
  'owns_workspaces',

  // limits
  'app_busy',
  'app_rate_minute',
  'app_rate_hour',
  'app_rate_day',
  'address_rate',
  'imports_rate_minute',
  'imports_rate_hour',
  'imports_busy',
  'uploads_busy',

  // files
  'file_too_large',
  'file_type_refused',
  'file_name_slash',
  'recording_too_large',
  'remote_file_failed',
  'remote_file_status',
  'files_at_most',
  'file_way',
  'file_kind',
  'file_ending',
  'file_ending_refused',
  'file_address',
  'file_gone',

  // what is filled in
  'input_missing',
  'input_text',
  'input_too_long',
  'input_choice',
  'input_number',
  'input_object',
  'input_file',
  'input_files',
  'input_files_at_most',
  'input_switch',
  'input_between',
  'input_at_least',
  'input_at_most',
  'input_whole',
  'form_action',

  // fields of a request
  'field_missing',
  'field_kind',
  'field_empty',
  'field_too_long',
  'field_too_short',
  'field_too_great',
  'field_too_small',
  'field_must_exceed',
  'field_too_many',
  'field_too_few',
  'field_choice',
  'field_form',

  // names and pictures
  'name_taken',
  'name_too_long',
  'picture_gone',

  // periods of time
  'period_backwards',
  'period_future',
  'period_too_long',
  'time_unknown',

  // annotations
  'question_empty',
  'answer_empty',
  'csv_only',
  'csv_encoding',
  'csv_columns',
  'csv_rows',
  'csv_too_few',
  'csv_too_many',
  'job_gone',

  // what an app needs of its workspace
  'model_missing',
  'model_pair',
  'moderation_sides',
  'moderation_type',
  'moderation_preset',
  'moderation_preset_long',
  'moderation_keywords',
  'moderation_keywords_long',
  'moderation_keywords_lines',
  'moderation_extension',
  'moderation_extension_gone',
  'external_data_type',
  'external_data_extension',
  'external_data_extension_gone',
  'external_data_in_graph',

  // speech
  'hearing_off',
  'speaking_off',
  'nothing_to_speak',
  'too_long_to_speak',

  // API extensions
  'extensions_at_most',
  'extension_ping',
  'key_masked',
  'key_unreadable',

  // models that are added
  'models_of_catalogue',
  'model_kind',
  'model_name',
  'credentials_none',
  'credentials_of_models',
  'voice_missing',

  // API extensions that are asked
  'extension_gone',
  'extension_key_unreadable',
  'extension_failed',

  // annotations that are being taken or embedded
  'import_broken',
  'annotations_not_embedded',

  // variables
  'variable_of_system',
  'variable_type',
  'variable_mismatch',
  'variable_type_unknown',
  'variable_nameless',
  'variable_valueless',
  'variable_description',
  'variable_too_large',
  'variable_unfilled',
  'secret_gone',

  // workflows and their runs
  'workflow_startless',
  'start_and_trigger',
  'version_in_use',
  'run_not_failed',
  'form_alone',
  'node_in_container',
  'node_unsaved',
  'mode_later',

  // triggers
  'trigger_in_chatflow',
  'trigger_plugin',
  'webhooks_at_most',
  'schedule_never',
  'schedule_cron',
  'schedule_dayless',
  'schedule_frequency',
  'schedule_time',
  'schedule_timezone',

  // app files
  'import_no_app_file',
  'import_version',
  'import_section_missing',
  'import_section_shape',
  'import_modeless',
  'import_mode_unknown',
  'import_nameless',
  'import_empty',
  'import_gone',
  'import_onto_basic',
  'import_of_basic',
  'yaml_broken',
  'yaml_deep',
  'yaml_tag',
  'yaml_unreadable',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Ours, beside what Dify answers: a reason with what its sentence needs. Figures are numbers, to be written as the reader does. */
export const refusalSchema = z.object({
  reason: z.enum(refusalReasons),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Refusal = z.infer<typeof refusalSchema>
