import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, optional, required } from './table-columns.ts'

export async function createConversations(db: MigrationDb): Promise<void> {
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
