import { once } from 'node:events'
import { createServer } from 'node:net'
import { loadConfig } from '@trellis/config'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { skipSuite } from '../../../../tools/test-services/index.ts'
import { openConfiguredDatabase } from '../platform.ts'
import { findServices } from './find-services.ts'
import { sendJson, startTestServer } from './test-server.ts'

const services = await findServices()
if (!services.isAvailable) skipSuite('the health of workers and clocks', services)

describe.runIf(services.isAvailable)('the health of workers and clocks', () => {
  const env = { ...(services.isAvailable ? services.env : {}), SECRET_KEY: 'a secret of the tests', STORAGE_LOCAL_SHARED: 'true' }

  it.each(['worker', 'beat'])('is told on a port of its own: %s', async (MODE) => {
    const server = await startTestServer({ env: { ...env, MODE, HEALTH_PORT: '0' } })
    expect(await sendJson(`${server.url}/health`, 'GET')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await sendJson(`${server.url}/ready`, 'GET')).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: { database: { ok: true }, cache: { ok: true }, queue: { ok: true } } },
    })
    const metrics = await fetch(`${server.url}/metrics`)
    expect(await metrics.text()).toContain(`role="${MODE}"`)
    expect((await sendJson(`${server.url}/console/api/system-features`, 'GET')).status).toBe(404)

    const { cache } = server.process.platform
    Object.assign(cache, { check: () => Promise.reject(new Error('away')) })
    expect(await sendJson(`${server.url}/ready`, 'GET')).toMatchObject({
      status: 503,
      body: { status: 'not_ready', checks: { cache: { ok: false } } },
    })
    await server.close()
  })

  /** The database that the processes share, in none of them. */
  function openShared() {
    const loaded = loadConfig({ env: { ...env, MODE: 'worker' }, cwd: '/' })
    if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
    return openConfiguredDatabase(loaded.config)
  }

  it.each(['worker', 'beat'])('keeps a process that cannot have its port from taking work: %s', async (MODE) => {
    const taken = await takePort()
    const { db, close } = openShared()
    // The first that is done by whoever looks for lost runs is to forget who was gone long ago.
    await db
      .insertInto('hosts')
      .values({ id: `gone-${MODE}`, started_at: 0, expires_at: 0 })
      .execute()
    await expect(startTestServer({ env: { ...env, MODE, HEALTH_PORT: String(taken.port) } })).rejects.toThrow(
      'choose another with HEALTH_PORT',
    )
    expect(await db.selectFrom('hosts').select('id').execute()).toContainEqual({ id: `gone-${MODE}` })
    await db.deleteFrom('hosts').execute()
    await close()
    await taken.giveBack()
  })

  it('is that of a process that is not ready until it takes work', async () => {
    const { port, giveBack } = await takePort()
    await giveBack()
    const { db, close } = openShared()
    const starting = await db.transaction().execute(async (transaction) => {
      // Whoever starts waits here before it takes work.
      await sql`lock table hosts`.execute(transaction)
      const begun = startTestServer({ env: { ...env, MODE: 'worker', HEALTH_PORT: String(port) } })
      const ready = () => sendJson(`http://127.0.0.1:${port}/ready`, 'GET').catch(() => undefined)
      await expect.poll(ready, { timeout: 10_000 }).toMatchObject({
        status: 503,
        body: { status: 'not_ready', checks: { database: { ok: true }, cache: { ok: true }, queue: { ok: true } } },
      })
      return { begun }
    })
    const server = await starting.begun
    expect(await sendJson(`${server.url}/ready`, 'GET')).toMatchObject({ status: 200, body: { status: 'ready' } })
    await server.close()
    await close()
  })

  it('is told nowhere where no port is named', async () => {
    const server = await startTestServer({ env: { ...env, MODE: 'beat' } })
    expect(server.process.address).toBeUndefined()
    await server.close()
  })
})

async function takePort(): Promise<{ readonly port: number; readonly giveBack: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new TypeError('It listens on a port.')
  return { port: address.port, giveBack: () => once(server.close(), 'close') }
}
