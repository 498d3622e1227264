import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { skipSuite, testPostgres } from '../../../../tools/test-services/index.ts'
import { openDatabase } from '../open-database.ts'

const postgres = await testPostgres()
if (postgres.isAvailable) {
  describe('PostgreSQL pool', () => {
    it('outlives a server that closes its idle connections', async () => {
      const [database, administrator] = [openDatabase(postgres.options), openDatabase(postgres.options)]
      await database.check()
      const closed = await sql<{ pid: number }>`
        select pg_terminate_backend(pid), pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
        administrator.db,
      )
      expect(closed.rows).toHaveLength(1)
      await expect.poll(() => database.check().catch(String)).toBeUndefined()
      await Promise.all([database.close(), administrator.close()])
    })

    it('outlives one that closes a connection between two statements of its holder, who learns of it', async () => {
      const [database, administrator] = [openDatabase(postgres.options), openDatabase(postgres.options)]
      const next = database.db.connection().execute(async (db) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(administrator.db)
        await new Promise((resolve) => setTimeout(resolve, 200))
        await sql`select 1`.execute(db)
      })
      await expect(next).rejects.toThrow()
      await expect.poll(() => database.check().catch(String)).toBeUndefined()
      await Promise.all([database.close(), administrator.close()])
    })
  })
} else {
  skipSuite('PostgreSQL pool', postgres)
}
