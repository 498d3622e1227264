import { describe, expect, it } from 'vitest'
import { skipSuite } from '../../../../tools/test-services/index.ts'
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

  it('is told nowhere where no port is named', async () => {
    const server = await startTestServer({ env: { ...env, MODE: 'beat' } })
    expect(server.process.address).toBeUndefined()
    await server.close()
  })
})
