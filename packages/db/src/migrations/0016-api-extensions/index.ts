import { idColumn, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** Servers of their own that workspaces have asked. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('api_extensions')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, name: type.name, api_endpoint: type.text, sealed_api_key: type.text, created_by: type.id }))
    .$call(required({ created_at: type.integer, updated_at: type.integer }))
    .execute()
  await db.schema.createIndex('api_extensions_name').unique().on('api_extensions').columns(['tenant_id', 'name']).execute()
}
