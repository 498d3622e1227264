import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Migrator } from 'kysely/migration'
import { expect, it } from 'vitest'
import { skipSuite, testPostgres } from '../../../../../tools/test-services/index.ts'
import { type DatabaseOptions, openDatabase } from '../../open-database.ts'
import type { MigrationDb } from '../columns.ts'
import { migrations } from '../index.ts'

const row = (id: string, model: string) => ({
  id,
  tenant_id: 'tenant',
  provider: 'openai',
  model,
  model_type: 'llm',
  credential_name: model,
  sealed: 'sealed',
  created_at: 1,
  updated_at: 1,
})

async function migrateWithRows(options: DatabaseOptions): Promise<void> {
  const database = openDatabase(options)
  try {
    // The table as it was then, which today's schema does not know.
    const db = database.db as unknown as MigrationDb
    await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo('0023-run-asks')
    await db.insertInto('provider_models').values(row('first', 'mine')).execute()
    await expect(db.insertInto('provider_models').values(row('again', 'mine')).execute()).rejects.toThrow()
    expect((await database.migrate())[0]).toBe('0024-model-keys')
    await db
      .insertInto('provider_models')
      .values({ ...row('second', 'mine'), credential_name: 'second', is_active: 0, shares_load: 1 })
      .execute()
    const insert = (id: string, more: object) =>
      db
        .insertInto('provider_models')
        .values({ ...row(id, 'mine'), ...more })
        .execute()
    await expect(insert('third', { credential_name: 'second', is_active: 0 })).rejects.toThrow()
    await expect(insert('third', { credential_name: 'third', is_active: 1 })).rejects.toThrow()
    expect(await db.selectFrom('provider_models').select(['id', 'is_active', 'shares_load']).orderBy('id').execute()).toEqual([
      { id: 'first', is_active: 1, shares_load: 0 },
      { id: 'second', is_active: 0, shares_load: 1 },
    ])
  } finally {
    await database.close()
  }
}

it('keeps the key of each model as the one in use, and takes more, on SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-migration-'))
  await migrateWithRows({ type: 'sqlite', file: join(folder, 'test.db') })
  await rm(folder, { recursive: true })
})

const postgres = await testPostgres({ isMigrated: false })
if (postgres.isAvailable) {
  it('keeps the key of each model as the one in use, and takes more, on PostgreSQL', () => migrateWithRows(postgres.options))
} else {
  skipSuite('keys of models on PostgreSQL', postgres)
}
