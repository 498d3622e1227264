/**
 * A place where we knowingly differ from the published description. In each we follow the specification that the
 * contracts were written from (service-api), which tells what Dify 1.15.0 really answers.
 */
export interface Deviation {
  /** Of the operations so named; of all where absent. */
  readonly operations?: readonly string[]
  readonly status?: number
  readonly at: RegExp
  readonly what: RegExp
  readonly reason: string
}

/** An entry that no reply bears out any more fails the check: the list tells the truth, and can only shrink by itself. */
export const deviations: readonly Deviation[] = [
  {
    operations: ['GET /site', 'GET /conversations'],
    at: /^\/(chat_color_theme|description|copyright|privacy_policy|data\[\]\/introduction)$/,
    what: /^null where string is described$/,
    reason: 'What is not set is null, and the key is there all the same (service-api 1.4, 1.7); the description knows no unset texts.',
  },
  {
    operations: ['GET /parameters'],
    at: /^\/text_to_speech\/(voice|language|autoPlay)$/,
    what: /^is missing$/,
    reason:
      'A feature that was never configured is `{enabled: false}` and nothing else (service-api 1.7); the description shows a configured one.',
  },
  {
    operations: ['GET /messages'],
    at: /^\/data\[\]\/(message_tokens|answer_tokens|total_tokens|provider_response_latency|total_price|currency)$/,
    what: /^is missing$/,
    reason: 'Tokens and prices came into message lists after 1.15.0 (service-api 1.4).',
  },
  {
    operations: ['POST /chat-messages', 'POST /completion-messages'],
    at: /^error\/task_id$/,
    what: /^is missing$/,
    reason: 'Error frames bear no task_id (service-api 2.2); the prose of the description says so too, only its schema does not.',
  },
  {
    operations: ['POST /workflows/run', 'POST /workflows/{workflow_id}/run'],
    at: /^\/data\/(created_by|exceptions_count|files)$/,
    what: /^is missing$/,
    reason:
      'A blocking answer ends with `finished_at` (service-api 1.2); the description has one schema for it and for the frame `workflow_finished`, which has these keys (2.4).',
  },
  {
    operations: [
      'POST /workflows/run',
      'POST /chat-messages',
      'GET /workflow/{workflow_run_id}/events',
      'GET /form/human_input/{form_token}',
      'GET /messages',
    ],
    at: /inputs\[\]\/(default|option_source|allowed_file_types|allowed_file_extensions|allowed_file_upload_methods|number_limits)$/,
    what: /^is missing$/,
    reason:
      'An input of a form has the keys of its own kind (service-api 1.9), as the prose of the description says; its schema is one for all kinds.',
  },
  {
    operations: ['POST /form/human_input/{form_token}'],
    status: 400,
    at: /^\/code$/,
    what: /^invalid_param is not described$/,
    reason: 'Whoever answers a form must be named, as in each other call that takes a `user`: 400 `invalid_param` (service-api 1.1).',
  },
  {
    operations: ['GET /workflow/{workflow_run_id}/events'],
    at: /^node_(started|finished)\/data\/(inputs|process_data|outputs)_truncated$/,
    what: /^is missing$/,
    reason: 'A snapshot tells nodes in the short form of frames, which has no such keys (service-api 1.1, 2.4).',
  },
  {
    operations: ['POST /audio-to-text'],
    status: 400,
    at: /^\/code$/,
    what: /^(bad_request_key_error|invalid_param) is not described$/,
    reason:
      'A form without the file is `bad_request_key_error`, an app that does not hear `invalid_param` (service-api 1.5); the description knows the code of a later version.',
  },
  {
    operations: ['POST /text-to-audio'],
    status: 404,
    at: /^$/,
    what: /^status 404 is not described$/,
    reason: 'A message that is not there is told; Dify answers 200 with an empty body.',
  },
  {
    status: 401,
    at: /^$/,
    what: /^status 401 is not described$/,
    reason: 'Every operation answers 401 `unauthorized` to a wrong key (service-api 3.3); the description leaves it out.',
  },
  {
    status: 403,
    at: /^\/code$/,
    what: /^forbidden is not described$/,
    reason: 'Every operation answers 403 `forbidden` where the API of the app is switched off (service-api 3.3).',
  },
  {
    status: 415,
    at: /^$/,
    what: /^status 415 is not described$/,
    reason: 'A body that is no JSON where JSON is read is 415 `unsupported_media_type` (service-api 3.1).',
  },
]
