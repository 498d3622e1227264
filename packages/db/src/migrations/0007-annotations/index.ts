import { idColumn, optional, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** Answers written by people, what finds them, and how often they were given. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('annotations')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        question: type.text,
        question_hash: type.code,
        answer: type.text,
        hit_count: type.integer,
        account_id: type.id,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ conversation_id: type.id, message_id: type.id }))
    .execute()
  await db.schema.createIndex('annotations_app').on('annotations').columns(['app_id', 'created_at', 'id']).execute()
  await db.schema.createIndex('annotations_question').on('annotations').columns(['app_id', 'question_hash']).execute()
  await db.schema.createIndex('annotations_conversation').on('annotations').column('conversation_id').execute()
  await db.schema.createIndex('annotations_message').unique().on('annotations').column('message_id').execute()
  await createReply(db)
}

async function createReply(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('annotation_settings')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        is_enabled: type.flag,
        score_threshold_micro: type.integer,
        version: type.integer,
        updated_by: type.id,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(optional({ embedding_provider: type.name, embedding_model: type.name, job_id: type.id }))
    .execute()
  await db.schema.createIndex('annotation_settings_app').unique().on('annotation_settings').column('app_id').execute()
  await db.schema
    .createTable('annotation_vectors')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        annotation_id: type.id,
        model: type.name,
        question_hash: type.code,
        vector: type.text,
      }),
    )
    .execute()
  await db.schema
    .createIndex('annotation_vectors_annotation')
    .unique()
    .on('annotation_vectors')
    .columns(['annotation_id', 'model'])
    .execute()
  await db.schema.createIndex('annotation_vectors_app').on('annotation_vectors').column('app_id').execute()
  await db.schema
    .createTable('annotation_hits')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        annotation_id: type.id,
        message_id: type.id,
        source: type.code,
        question: type.text,
        annotation_question: type.text,
        annotation_answer: type.text,
        score_micro: type.integer,
        created_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('annotation_hits_annotation').on('annotation_hits').columns(['annotation_id', 'created_at']).execute()
  await db.schema.createIndex('annotation_hits_message').unique().on('annotation_hits').column('message_id').execute()
  await db.schema.createIndex('annotation_hits_app').on('annotation_hits').column('app_id').execute()
}
