import { idColumn, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** Tags and stars. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('tags')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, type: type.code, name: type.name, created_by: type.id, created_at: type.integer }))
    .execute()
  await db.schema.createIndex('tags_name').unique().on('tags').columns(['tenant_id', 'type', 'name']).execute()
  await db.schema
    .createTable('tag_bindings')
    .$call(required({ tag_id: type.id, target_id: type.id, tenant_id: type.id, created_by: type.id, created_at: type.integer }))
    .addPrimaryKeyConstraint('tag_bindings_pk', ['tag_id', 'target_id'])
    .execute()
  await db.schema.createIndex('tag_bindings_target').on('tag_bindings').columns(['tenant_id', 'target_id']).execute()
  await db.schema
    .createTable('app_stars')
    .$call(required({ account_id: type.id, app_id: type.id, tenant_id: type.id, created_at: type.integer }))
    .addPrimaryKeyConstraint('app_stars_pk', ['account_id', 'app_id'])
    .execute()
  await db.schema.createIndex('app_stars_app').on('app_stars').column('app_id').execute()
}
