/** A line of the web-app API as Dify has it (service-api 5), and how it is asked. */
export interface WebApiLine {
  /** As in the contracts; what begins with `:` is filled in from what earlier lines made. */
  readonly route: string
  readonly of: 'chat' | 'completion' | 'workflow' | 'form'
  readonly query?: string
  readonly body?: object
  /** Parts of a form instead. */
  readonly form?: Readonly<Record<string, Blob | string>>
  readonly status: number
  /** What the answer has at least, at which place in it; of lists, what each item has. */
  readonly has?: Readonly<Record<string, readonly string[]>>
  /** Or the events of a stream, in their order. */
  readonly streams?: readonly string[]
  /** Or anything else of that type. */
  readonly type?: string
  /** What later lines need: a name, and where it stands in the answer. */
  readonly keeps?: Readonly<Record<string, string>>
}

const text = (content: string): Blob => new File([content], 'note.txt', { type: 'text/plain' })
const recording = new File([new Uint8Array(1_000)], 'blob', { type: 'audio/mp3' })

const features =
  'sso_enforced_for_signin sso_enforced_for_signin_protocol enable_marketplace max_plugin_package_size enable_email_code_login enable_email_password_login enable_social_oauth_login enable_collaboration_mode enable_creators_platform enable_explore_banner enable_trial_app enable_learn_app enable_app_deploy rbac_enabled is_allow_register is_allow_create_workspace is_email_setup enable_change_email license branding webapp_auth plugin_installation_permission plugin_manager'
const site =
  'title icon_type icon icon_background icon_url description copyright privacy_policy custom_disclaimer input_placeholder default_language chat_color_theme chat_color_theme_inverted prompt_public show_workflow_steps use_icon_as_answer_icon'
const page = 'app_id end_user_id enable_site site model_config plan can_replace_logo'
const parameters =
  'opening_statement suggested_questions suggested_questions_after_answer speech_to_text text_to_speech retriever_resource annotation_reply more_like_this sensitive_word_avoidance user_input_form file_upload system_parameters'
const limits = 'image_file_size_limit video_file_size_limit audio_file_size_limit file_size_limit workflow_file_upload_limit'
const turn = 'event task_id id message_id mode answer metadata created_at'
/** Visitors are not told what an answer used. */
const metadata = 'retriever_resources reasoning'
const conversation = 'id name inputs status introduction created_at updated_at'
const message =
  'id conversation_id parent_message_id inputs query answer feedback retriever_resources created_at agent_thoughts message_files status error extra_contents metadata'
const uploaded = 'id name size extension mime_type created_by created_at'

const keys = (names: string): readonly string[] => names.split(' ')
const list = { '': keys('limit has_more data') }
const success = { '': ['result'] }

/** In an order in which each finds what it needs. */
export const webApiLines: readonly WebApiLine[] = [
  // 5.1
  { route: 'GET /passport', of: 'chat', status: 200, has: { '': ['access_token'] } },
  { route: 'GET /login/status', of: 'chat', query: 'app_code=:code', status: 200, has: { '': ['logged_in', 'app_logged_in'] } },
  { route: 'GET /webapp/access-mode', of: 'chat', query: 'appCode=:code', status: 200, has: { '': ['accessMode'] } },
  { route: 'GET /webapp/access-mode', of: 'chat', status: 200, has: { '': ['accessMode'] } },
  { route: 'GET /webapp/access-mode', of: 'chat', query: 'appId=:app_id', status: 200, has: { '': ['accessMode'] } },
  { route: 'GET /webapp/permission', of: 'chat', query: 'appId=:app_id', status: 200, has: { '': ['result'] } },
  {
    route: 'GET /system-features',
    of: 'chat',
    status: 200,
    has: {
      '': keys(features),
      license: keys('status expired_at workspaces'),
      branding: keys('enabled application_title login_page_logo workspace_logo favicon'),
      webapp_auth: keys('enabled allow_sso sso_config allow_email_code_login allow_email_password_login'),
    },
  },
  // 5.2
  { route: 'GET /site', of: 'chat', status: 200, has: { '': keys(page), site: keys(site) } },
  { route: 'GET /parameters', of: 'chat', status: 200, has: { '': keys(parameters), system_parameters: keys(limits) } },
  { route: 'GET /parameters', of: 'workflow', status: 200, has: { '': keys(parameters), system_parameters: keys(limits) } },
  { route: 'GET /meta', of: 'chat', status: 200, has: { '': ['tool_icons'] } },
  {
    route: 'POST /chat-messages',
    of: 'chat',
    body: { inputs: {}, query: 'Hello', response_mode: 'blocking', retriever_from: 'web_app' },
    status: 200,
    has: { '': keys(`${turn} conversation_id`), metadata: keys(metadata) },
    keeps: { conversation_id: 'conversation_id', message_id: 'id', task_id: 'task_id' },
  },
  {
    route: 'POST /chat-messages',
    of: 'chat',
    body: {
      inputs: {},
      query: 'And now?',
      response_mode: 'streaming',
      conversation_id: ':conversation_id',
      parent_message_id: ':message_id',
    },
    status: 200,
    streams: ['message', 'message_end'],
  },
  { route: 'POST /chat-messages/:task_id/stop', of: 'chat', body: {}, status: 200, has: success },
  {
    route: 'GET /conversations',
    of: 'chat',
    query: 'limit=20&pinned=false&sort_by=-updated_at',
    status: 200,
    has: { ...list, 'data.0': keys(conversation) },
  },
  {
    route: 'POST /conversations/:conversation_id/name',
    of: 'chat',
    body: { name: 'Greetings', auto_generate: false },
    status: 200,
    has: { '': keys(conversation) },
  },
  { route: 'PATCH /conversations/:conversation_id/pin', of: 'chat', status: 200, has: success },
  { route: 'PATCH /conversations/:conversation_id/unpin', of: 'chat', status: 200, has: success },
  {
    route: 'GET /messages',
    of: 'chat',
    query: 'conversation_id=:conversation_id&limit=20',
    status: 200,
    has: { ...list, 'data.0': keys(message), 'data.1': keys(message) },
  },
  {
    route: 'POST /messages/:message_id/feedbacks',
    of: 'chat',
    body: { rating: 'like', content: 'Well said' },
    status: 200,
    has: success,
  },
  { route: 'GET /messages/:message_id/suggested-questions', of: 'chat', status: 200, has: { '': ['data'] } },
  { route: 'POST /files/upload', of: 'chat', form: { file: text('words') }, status: 201, has: { '': keys(uploaded) } },
  { route: 'GET /remote-files/:remote_url', of: 'chat', status: 200, has: { '': ['file_type', 'file_length'] } },
  {
    route: 'POST /remote-files/upload',
    of: 'chat',
    body: { url: ':remote_url' },
    status: 201,
    has: { '': keys('id name size extension url mime_type created_by created_at') },
  },
  { route: 'POST /audio-to-text', of: 'chat', form: { file: recording }, status: 200, has: { '': ['text'] } },
  { route: 'POST /text-to-audio', of: 'chat', body: { message_id: ':message_id' }, status: 200, type: 'audio/mpeg' },
  { route: 'DELETE /conversations/:conversation_id', of: 'chat', status: 204 },
  {
    route: 'POST /completion-messages',
    of: 'completion',
    body: { inputs: { query: 'Tea' }, response_mode: 'blocking' },
    status: 200,
    has: { '': keys(turn), metadata: keys(metadata) },
    keeps: { message_id: 'id', task_id: 'task_id' },
  },
  { route: 'POST /completion-messages/:task_id/stop', of: 'completion', body: {}, status: 200, has: success },
  {
    route: 'GET /messages/:message_id/more-like-this',
    of: 'completion',
    query: 'response_mode=blocking',
    status: 200,
    has: { '': keys(turn), metadata: keys(metadata) },
  },
  { route: 'POST /saved-messages', of: 'completion', body: { message_id: ':message_id' }, status: 200, has: success },
  {
    route: 'GET /saved-messages',
    of: 'completion',
    query: 'limit=20',
    status: 200,
    has: { ...list, 'data.0': keys('id inputs query answer message_files feedback created_at') },
  },
  { route: 'DELETE /saved-messages/:message_id', of: 'completion', status: 204 },
  {
    route: 'POST /workflows/run',
    of: 'workflow',
    body: { inputs: {}, files: [] },
    status: 200,
    streams: ['workflow_started', 'node_started', 'node_finished', 'workflow_finished'],
    keeps: { task_id: 'task_id', run_id: 'workflow_run_id' },
  },
  { route: 'POST /workflows/tasks/:task_id/stop', of: 'workflow', body: {}, status: 200, has: success },
  { route: 'GET /workflow/:run_id/events', of: 'workflow', status: 200, streams: ['workflow_finished'] },
  {
    route: 'GET /form/human_input/:form_token',
    of: 'form',
    status: 200,
    has: {
      '': keys('form_content inputs resolved_default_values user_actions expiration_time site'),
      site: keys(page),
      'site.site': keys(site),
    },
  },
  {
    route: 'POST /form/human_input/:form_token/upload-token',
    of: 'form',
    body: {},
    status: 200,
    has: { '': ['upload_token', 'expires_at'] },
    keeps: { upload_token: 'upload_token' },
  },
  { route: 'POST /human-input-forms/files', of: 'form', form: { file: text('words') }, status: 201, has: { '': keys(uploaded) } },
  {
    route: 'POST /form/human_input/:form_token',
    of: 'form',
    body: { inputs: { comment: 'fine' }, action: 'ok' },
    status: 200,
    has: { '': [] },
  },
  { route: 'POST /logout', of: 'chat', body: {}, status: 200, has: success },
]

/** Ours, beside Dify's. */
export const ownWebRoutes = ['GET /messages/:message_id/events', 'GET /openapi.json']
