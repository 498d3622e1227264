import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, optional, required } from './table-columns.ts'

export async function createApps(db: MigrationDb): Promise<void> {
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
