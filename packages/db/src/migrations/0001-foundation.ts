import type { CreateTableBuilder } from 'kysely'
import { type MigrationDb, columnTypes as type } from './columns.ts'

type Table = CreateTableBuilder<string, string>

const idColumn = (table: Table): Table => table.addColumn('id', type.id, (column) => column.primaryKey())
const required =
  (columns: Record<string, (typeof type)[keyof typeof type]>) =>
  (table: Table): Table =>
    Object.entries(columns).reduce((built, [name, dataType]) => built.addColumn(name, dataType, (column) => column.notNull()), table)
const optional =
  (columns: Record<string, (typeof type)[keyof typeof type]>) =>
  (table: Table): Table =>
    Object.entries(columns).reduce((built, [name, dataType]) => built.addColumn(name, dataType), table)

export async function up(db: MigrationDb): Promise<void> {
  await createAccounts(db)
  await createApps(db)
  await createConversations(db)
  await createRuns(db)
  await createModels(db)
  await createJobs(db)
}

async function createAccounts(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('accounts')
    .$call(idColumn)
    .$call(
      required({
        name: type.name,
        email: type.name,
        interface_language: type.code,
        interface_theme: type.code,
        timezone: type.code,
        status: type.code,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        password_hash: type.text,
        avatar: type.name,
        last_login_at: type.integer,
        last_login_ip: type.code,
        last_active_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('accounts_email').unique().on('accounts').column('email').execute()
  await db.schema
    .createTable('tenants')
    .$call(idColumn)
    .$call(
      required({
        name: type.name,
        plan: type.code,
        status: type.code,
        sealed_key: type.text,
        custom_config: type.json,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema
    .createTable('tenant_members')
    .$call(required({ tenant_id: type.id, account_id: type.id, role: type.code, is_current: type.flag, created_at: type.integer }))
    .$call(optional({ invited_by: type.id, last_opened_at: type.integer }))
    .addPrimaryKeyConstraint('tenant_members_pk', ['tenant_id', 'account_id'])
    .execute()
  await db.schema.createIndex('tenant_members_account').on('tenant_members').column('account_id').execute()
  await db.schema
    .createTable('settings')
    .addColumn('key', type.name, (column) => column.primaryKey())
    .$call(required({ value: type.text, updated_at: type.integer }))
    .execute()
  await db.schema
    .createTable('refresh_tokens')
    .addColumn('token_hash', type.code, (column) => column.primaryKey())
    .$call(required({ account_id: type.id, family_id: type.id, expires_at: type.integer, created_at: type.integer }))
    .$call(optional({ used_at: type.integer }))
    .execute()
  await db.schema.createIndex('refresh_tokens_family').on('refresh_tokens').column('family_id').execute()
  await db.schema.createIndex('refresh_tokens_account').on('refresh_tokens').column('account_id').execute()
}

async function createApps(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('apps')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        name: type.name,
        description: type.text,
        mode: type.code,
        enable_site: type.flag,
        enable_api: type.flag,
        use_icon_as_answer_icon: type.flag,
        created_by: type.id,
        created_at: type.integer,
        updated_by: type.id,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        icon_type: type.code,
        icon: type.name,
        icon_background: type.code,
        max_active_requests: type.integer,
        published_config_id: type.id,
        draft_config: type.json,
        draft_updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('apps_tenant_updated').on('apps').columns(['tenant_id', 'updated_at']).execute()
  await db.schema
    .createTable('app_configs')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, app_id: type.id, config: type.json, created_by: type.id, created_at: type.integer }))
    .execute()
  await db.schema.createIndex('app_configs_app').on('app_configs').columns(['app_id', 'created_at']).execute()
  await createSites(db)
  await db.schema
    .createTable('api_keys')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        type: type.code,
        token_hash: type.code,
        token_masked: type.code,
        created_by: type.id,
        created_at: type.integer,
      }),
    )
    .$call(optional({ app_id: type.id, last_used_at: type.integer }))
    .execute()
  await db.schema.createIndex('api_keys_token').unique().on('api_keys').column('token_hash').execute()
  await db.schema.createIndex('api_keys_app').on('api_keys').column('app_id').execute()
  await db.schema
    .createTable('end_users')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        type: type.code,
        is_anonymous: type.flag,
        session_id: type.name,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ app_id: type.id, external_user_id: type.name, name: type.name }))
    .execute()
  await db.schema.createIndex('end_users_session').unique().on('end_users').columns(['tenant_id', 'app_id', 'session_id']).execute()
}

async function createSites(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('sites')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        code: type.code,
        title: type.name,
        default_language: type.code,
        chat_color_theme_inverted: type.flag,
        custom_disclaimer: type.text,
        customize_token_strategy: type.code,
        prompt_public: type.flag,
        show_workflow_steps: type.flag,
        use_icon_as_answer_icon: type.flag,
        created_by: type.id,
        created_at: type.integer,
        updated_by: type.id,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        icon_type: type.code,
        icon: type.name,
        icon_background: type.code,
        description: type.text,
        chat_color_theme: type.name,
        customize_domain: type.name,
        copyright: type.name,
        privacy_policy: type.name,
        input_placeholder: type.name,
      }),
    )
    .execute()
  await db.schema.createIndex('sites_code').unique().on('sites').column('code').execute()
  await db.schema.createIndex('sites_app').unique().on('sites').column('app_id').execute()
}

async function createConversations(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('conversations')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        mode: type.code,
        name: type.name,
        inputs: type.json,
        status: type.code,
        invoke_from: type.code,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        introduction: type.text,
        from_end_user_id: type.id,
        from_account_id: type.id,
        pinned_at: type.integer,
        read_at: type.integer,
        deleted_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('conversations_app_updated').on('conversations').columns(['app_id', 'updated_at']).execute()
  await db.schema.createIndex('conversations_end_user').on('conversations').columns(['from_end_user_id', 'app_id']).execute()
  await createMessages(db)
  await db.schema
    .createTable('message_feedbacks')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        conversation_id: type.id,
        message_id: type.id,
        rating: type.code,
        from_source: type.code,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ content: type.text, from_end_user_id: type.id, from_account_id: type.id }))
    .execute()
  await db.schema.createIndex('message_feedbacks_message').on('message_feedbacks').column('message_id').execute()
  await db.schema.createIndex('message_feedbacks_app').on('message_feedbacks').columns(['app_id', 'created_at']).execute()
  await db.schema
    .createTable('saved_messages')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, app_id: type.id, message_id: type.id, end_user_id: type.id, created_at: type.integer }))
    .execute()
  await db.schema.createIndex('saved_messages_user').unique().on('saved_messages').columns(['end_user_id', 'message_id']).execute()
  await db.schema
    .createTable('upload_files')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        storage_key: type.name,
        name: type.name,
        size: type.integer,
        extension: type.code,
        mime_type: type.name,
        created_by_role: type.code,
        created_by: type.id,
        source_url: type.text,
        created_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('upload_files_tenant').on('upload_files').columns(['tenant_id', 'created_at']).execute()
}

async function createMessages(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('messages')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        conversation_id: type.id,
        run_id: type.id,
        model_provider: type.name,
        model_id: type.name,
        inputs: type.json,
        query: type.text,
        prompt: type.json,
        answer: type.text,
        status: type.code,
        is_stopped: type.flag,
        prompt_tokens: type.integer,
        completion_tokens: type.integer,
        total_price_nano: type.integer,
        currency: type.code,
        provider_latency_ms: type.integer,
        metadata: type.json,
        invoke_from: type.code,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        parent_message_id: type.id,
        app_config_id: type.id,
        error_code: type.code,
        error: type.text,
        from_end_user_id: type.id,
        from_account_id: type.id,
      }),
    )
    .execute()
  await db.schema.createIndex('messages_conversation').on('messages').columns(['conversation_id', 'created_at']).execute()
  await db.schema.createIndex('messages_app').on('messages').columns(['app_id', 'created_at']).execute()
  await db.schema
    .createTable('message_files')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        message_id: type.id,
        type: type.code,
        transfer_method: type.code,
        belongs_to: type.code,
        position: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(optional({ url: type.text, upload_file_id: type.id }))
    .execute()
  await db.schema.createIndex('message_files_message').on('message_files').column('message_id').execute()
  await db.schema.createIndex('message_files_upload').on('message_files').column('upload_file_id').execute()
}

async function createRuns(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('hosts')
    .$call(idColumn)
    .$call(required({ started_at: type.integer, expires_at: type.integer }))
    .execute()
  await db.schema
    .createTable('runs')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        kind: type.code,
        task_id: type.id,
        status: type.code,
        invoke_from: type.code,
        host_id: type.id,
        epoch: type.integer,
        total_tokens: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(
      optional({
        conversation_id: type.id,
        message_id: type.id,
        from_end_user_id: type.id,
        from_account_id: type.id,
        stop_requested_at: type.integer,
        error_code: type.code,
        error: type.text,
        ledger: type.json,
        finished_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('runs_status_host').on('runs').columns(['status', 'host_id']).execute()
  await db.schema.createIndex('runs_task').on('runs').column('task_id').execute()
  await db.schema.createIndex('runs_message').on('runs').column('message_id').execute()
  await db.schema.createIndex('runs_app').on('runs').columns(['app_id', 'created_at']).execute()
  await db.schema
    .createTable('run_events')
    .$call(
      required({
        run_id: type.id,
        first_offset: type.integer,
        epoch: type.integer,
        event_count: type.integer,
        events: type.json,
        created_at: type.integer,
      }),
    )
    .addPrimaryKeyConstraint('run_events_pk', ['run_id', 'first_offset'])
    .execute()
}

async function createModels(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('provider_credentials')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        name: type.name,
        sealed: type.text,
        is_active: type.flag,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('provider_credentials_tenant').on('provider_credentials').columns(['tenant_id', 'provider']).execute()
  await db.schema
    .createTable('provider_models')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        model: type.name,
        model_type: type.code,
        credential_name: type.name,
        sealed: type.text,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema
    .createIndex('provider_models_model')
    .unique()
    .on('provider_models')
    .columns(['tenant_id', 'provider', 'model', 'model_type'])
    .execute()
  await db.schema
    .createTable('provider_model_settings')
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        model: type.name,
        model_type: type.code,
        is_enabled: type.flag,
        updated_at: type.integer,
      }),
    )
    .addPrimaryKeyConstraint('provider_model_settings_pk', ['tenant_id', 'provider', 'model', 'model_type'])
    .execute()
  await db.schema
    .createTable('default_models')
    .$call(required({ tenant_id: type.id, model_type: type.code, provider: type.name, model: type.name, updated_at: type.integer }))
    .addPrimaryKeyConstraint('default_models_pk', ['tenant_id', 'model_type'])
    .execute()
}

async function createJobs(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('jobs')
    .$call(idColumn)
    .$call(
      required({
        queue: type.code,
        name: type.name,
        payload: type.json,
        status: type.code,
        attempt: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(
      optional({
        dedup_key: type.name,
        due_at: type.integer,
        worker_id: type.id,
        last_error: type.text,
        started_at: type.integer,
        finished_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('jobs_due').on('jobs').columns(['queue', 'due_at']).execute()
  await db.schema.createIndex('jobs_dedup').unique().on('jobs').column('dedup_key').execute()
}
