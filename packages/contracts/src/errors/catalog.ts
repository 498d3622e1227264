/**
 * Every error that Trellis answers, by its code on the wire. Codes that Dify publishes keep Dify's spelling and status.
 * `user` errors are the caller's to mend, `operational` ones the outside world's (retryable where marked), `unexpected` ones ours.
 */
export interface ErrorEntry {
  readonly status: number
  readonly kind: 'user' | 'operational' | 'unexpected'
  readonly message: string
  readonly isRetryable?: true
}

export const errorCatalog = {
  // any surface
  invalid_param: { status: 400, kind: 'user', message: 'A parameter is invalid.' },
  bad_request: { status: 400, kind: 'user', message: 'The request could not be understood.' },
  unauthorized: { status: 401, kind: 'user', message: 'Invalid or missing credentials.' },
  forbidden: { status: 403, kind: 'user', message: 'You do not have permission to do this.' },
  not_found: { status: 404, kind: 'user', message: 'Not found.' },
  method_not_allowed: { status: 405, kind: 'user', message: 'The method is not allowed for this address.' },
  conflict: { status: 409, kind: 'user', message: 'This was changed by someone else in the meantime. Reload and try again.' },
  request_entity_too_large: { status: 413, kind: 'user', message: 'The request body is too large.' },
  request_uri_too_large: { status: 414, kind: 'user', message: 'A part of the address is too long.' },
  unsupported_media_type: { status: 415, kind: 'user', message: 'The content type is not supported. Send application/json.' },
  too_many_requests: { status: 429, kind: 'user', message: 'Too many requests. Please try again later.' },
  rate_limit_error: { status: 429, kind: 'user', message: 'The rate limit is reached. Please try again later.' },
  request_header_fields_too_large: { status: 431, kind: 'user', message: 'The headers of the request, or its address, are too large.' },
  request_timeout: { status: 408, kind: 'user', message: 'The request took too long to arrive.' },
  internal_server_error: { status: 500, kind: 'unexpected', message: 'Internal Server Error, please contact support.' },
  unknown: { status: 500, kind: 'unexpected', message: 'Internal Server Error' },
  service_unavailable: {
    status: 503,
    kind: 'operational',
    message: 'The server is busy, starting or shutting down. Try again in a moment.',
    isRetryable: true,
  },
  dependency_unavailable: {
    status: 503,
    kind: 'operational',
    message: 'The server cannot reach a service that it needs. Try again in a moment.',
    isRetryable: true,
  },

  // set-up, sessions, accounts
  not_setup: { status: 401, kind: 'user', message: 'Trellis has not been set up yet. Open the console to create the first administrator.' },
  not_init_validated: { status: 401, kind: 'user', message: 'The initialization password has not been validated yet.' },
  already_setup: { status: 403, kind: 'user', message: 'Trellis has been set up already.' },
  init_validate_failed: { status: 401, kind: 'user', message: 'The initialization password is wrong.' },
  authentication_failed: { status: 401, kind: 'user', message: 'Invalid email or password.' },
  web_sso_auth_required: { status: 401, kind: 'user', message: 'This page is for members of its workspace. Sign in to the console first.' },
  web_app_access_denied: {
    status: 401,
    kind: 'user',
    message: 'This page is for members of its workspace, and this account is none of them.',
  },
  unauthorized_and_force_logout: { status: 401, kind: 'user', message: 'This session is no longer valid. Sign in again.' },
  email_code_login_limit: { status: 429, kind: 'user', message: 'Too many incorrect password attempts. Please try again later.' },
  account_banned: { status: 400, kind: 'user', message: 'This account is banned.' },
  account_not_found: { status: 400, kind: 'user', message: 'Account not found.' },
  account_not_initialized: { status: 400, kind: 'user', message: 'The account has not been initialized yet.' },
  account_not_link_tenant: { status: 403, kind: 'user', message: 'The account is not a member of any workspace.' },
  current_password_incorrect: { status: 400, kind: 'user', message: 'The current password is incorrect.' },
  repeat_password_not_match: { status: 400, kind: 'user', message: 'The new password and its repetition do not match.' },
  email_already_in_use: { status: 400, kind: 'user', message: 'A user with this email already exists.' },
  invalid_or_expired_token: { status: 400, kind: 'user', message: 'This has expired or was used already. Ask for a new code.' },
  email_code_error: { status: 400, kind: 'user', message: 'The code is wrong or has expired.' },
  invalid_email: { status: 400, kind: 'user', message: 'The code was sent to another email address.' },
  password_mismatch: { status: 400, kind: 'user', message: 'The passwords do not match.' },
  mail_not_configured: {
    status: 400,
    kind: 'user',
    message: 'This installation sends no mail (MAIL_TYPE). Ask an administrator of your workspace for a link.',
  },
  email_send_ip_limit: { status: 429, kind: 'user', message: 'Too many emails were asked for from this address. Please try again later.' },
  email_code_login_rate_limit_exceeded: {
    status: 429,
    kind: 'user',
    message: 'Too many codes were sent. Wait a few minutes for the next.',
  },
  email_register_rate_limit_exceeded: { status: 429, kind: 'user', message: 'A code was sent just now. Wait a minute for the next.' },
  password_reset_rate_limit_exceeded: { status: 429, kind: 'user', message: 'A code was sent just now. Wait a minute for the next.' },
  email_change_rate_limit_exceeded: { status: 429, kind: 'user', message: 'A code was sent just now. Wait a minute for the next.' },
  owner_transfer_rate_limit_exceeded: { status: 429, kind: 'user', message: 'A code was sent just now. Wait a minute for the next.' },
  email_register_limit: { status: 429, kind: 'user', message: 'Too many wrong codes. Please try again later.' },
  email_password_reset_limit: { status: 429, kind: 'user', message: 'Too many wrong codes. Please try again later.' },
  email_change_limit: { status: 429, kind: 'user', message: 'Too many wrong codes. Please try again later.' },
  owner_transfer_limit: { status: 429, kind: 'user', message: 'Too many wrong codes. Please try again later.' },
  not_allowed_create_workspace: {
    status: 400,
    kind: 'user',
    message: 'Making workspaces is switched off here (ALLOW_CREATE_WORKSPACE).',
  },
  already_activate: {
    status: 403,
    kind: 'user',
    message: 'The invitation is invalid, has expired or was accepted already. Ask for a new link.',
  },
  invitation_for_other_account: {
    status: 403,
    kind: 'user',
    message: 'The invitation is for another email address. Sign in with that account, or ask for an invitation of yours.',
  },
  sign_in_interrupted: { status: 400, kind: 'user', message: 'The sign-in took too long, or began in another browser. Begin anew.' },
  identity_refused: { status: 400, kind: 'user', message: 'The service did not confirm who you are. Begin anew and agree there.' },
  identity_service_failed: {
    status: 502,
    kind: 'operational',
    message: 'The service that signs in could not be asked. Its settings, or the service itself, are at fault.',
    isRetryable: true,
  },
  identity_unverified: {
    status: 403,
    kind: 'user',
    message: 'The service does not confirm that this email address is yours. Confirm it there first, or sign in another way.',
  },
  identity_of_another: {
    status: 409,
    kind: 'user',
    message: 'This account and that of the service do not belong together: one of them is linked to another already.',
  },
  last_way_to_sign_in: { status: 400, kind: 'user', message: 'Nothing else signs in to this account. Set a password first.' },
  cannot_operate_self: { status: 400, kind: 'user', message: 'You cannot do this to yourself. To go, leave the workspace.' },
  account_owns_workspace: {
    status: 400,
    kind: 'user',
    message: 'You own a workspace that others belong to. Transfer it to one of them, or remove them, before you delete your account.',
  },
  owner_cannot_leave: { status: 400, kind: 'user', message: 'A workspace needs its owner. Transfer the ownership first.' },
  cannot_transfer_owner_to_self: { status: 400, kind: 'user', message: 'You own this workspace already.' },
  member_not_in_tenant: { status: 400, kind: 'user', message: 'The member is not in the workspace.' },

  // apps
  app_not_found: { status: 404, kind: 'user', message: 'App not found.' },
  app_unavailable: { status: 400, kind: 'user', message: 'App unavailable, please check your app configurations.' },
  not_chat_app: { status: 400, kind: 'user', message: 'Please check if your app mode matches the right API route.' },
  not_completion_app: { status: 400, kind: 'user', message: 'Please check if your app mode matches the right API route.' },
  not_workflow_app: { status: 400, kind: 'user', message: 'Please check if your app mode matches the right API route.' },
  draft_workflow_not_exist: { status: 404, kind: 'user', message: 'This app has no draft of a workflow yet.' },
  draft_workflow_not_sync: {
    status: 409,
    kind: 'user',
    message: 'The draft was changed by someone else in the meantime. Reload and try again.',
  },
  max_keys_exceeded: { status: 400, kind: 'user', message: 'Cannot create more than 10 API keys for this resource.' },
  conversation_completed: { status: 400, kind: 'user', message: 'Conversation Completed.' },
  end_user_not_found: { status: 404, kind: 'user', message: 'End user not found.' },
  app_more_like_this_disabled: {
    status: 403,
    kind: 'user',
    message: "The 'More like this' feature is disabled. Please refresh your page.",
  },
  app_suggested_questions_after_answer_disabled: {
    status: 403,
    kind: 'user',
    message: "The 'Suggested Questions After Answer' feature is disabled. Please refresh your page.",
  },

  // models
  provider_not_initialize: {
    status: 400,
    kind: 'user',
    message: 'No valid model provider credentials found. Please go to Settings -> Model Provider to complete your provider credentials.',
  },
  provider_quota_exceeded: { status: 400, kind: 'operational', message: 'The quota of the model provider is used up.' },
  model_currently_not_support: { status: 400, kind: 'user', message: 'The model is not supported or not enabled in this workspace.' },
  completion_request_error: { status: 400, kind: 'operational', message: 'The model provider answered with an error.' },

  // servers of the workspace's own
  api_extension_failed: {
    status: 400,
    kind: 'operational',
    message: 'An API extension of this app could not be asked.',
    isRetryable: true,
  },

  // files
  no_file_uploaded: { status: 400, kind: 'user', message: 'Please upload your file.' },
  too_many_files: { status: 400, kind: 'user', message: 'Only one file is allowed.' },
  filename_not_exists_error: { status: 400, kind: 'user', message: 'The specified filename does not exist.' },
  file_extension_blocked: { status: 400, kind: 'user', message: 'Files of this type are not accepted.' },
  file_too_large: { status: 413, kind: 'user', message: 'File size exceeded.' },
  unsupported_file_type: { status: 415, kind: 'user', message: 'File type not allowed.' },
  file_not_found: { status: 404, kind: 'user', message: 'The requested file was not found.' },
  file_access_denied: { status: 403, kind: 'user', message: 'Access to the requested file is denied.' },
  remote_file_upload_error: { status: 400, kind: 'operational', message: 'Error uploading remote file.' },

  // speech
  bad_request_key_error: { status: 400, kind: 'user', message: 'The form lacks a part. Send the recording in a part named `file`.' },
  no_audio_uploaded: { status: 400, kind: 'user', message: 'The recording is empty.' },
  audio_too_large: { status: 413, kind: 'user', message: 'The recording is too large.' },
  unsupported_audio_type: { status: 415, kind: 'user', message: 'Recordings of this type are not accepted.' },
  provider_not_support_speech_to_text: { status: 400, kind: 'user', message: 'The model provider cannot turn speech into text.' },

  // what nodes of workflows reach
  document_not_readable: {
    status: 400,
    kind: 'user',
    message: 'The document cannot be read. It is damaged, protected, or takes too long.',
  },
  tool_not_available: { status: 400, kind: 'user', message: 'The tool is not installed here.' },
  tool_error: { status: 400, kind: 'user', message: 'The tool could not do what was asked.' },
  knowledge_not_available: { status: 400, kind: 'user', message: 'This server has no knowledge to search.' },
  agent_strategy_not_available: { status: 400, kind: 'user', message: 'The agent strategy is not installed here.' },

  // forms that runs wait for
  human_input_form_submitted: { status: 412, kind: 'user', message: 'This form has already been submitted. The first answer counts.' },
  human_input_form_expired: { status: 412, kind: 'user', message: 'This form has expired: nobody waits for its answer any more.' },
  invalid_form_data: { status: 400, kind: 'user', message: 'The answer does not fit the form.' },
  web_form_rate_limit_exceeded: { status: 429, kind: 'user', message: 'Too many form requests. Please try again later.' },

  // runs
  run_interrupted: {
    status: 500,
    kind: 'operational',
    message: 'The server stopped while this answer was being written. What had been said is kept; ask again to get the whole answer.',
    isRetryable: true,
  },
  run_timeout: { status: 400, kind: 'operational', message: 'The run took longer than APP_MAX_EXECUTION_TIME allows.' },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalog
