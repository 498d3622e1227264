import { loadConfig } from '@trellis/config'
import { encodePassword } from '@trellis/contracts'
import { systemClock } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJob } from '../../cli/run-job.ts'
import { administrator, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'
import { createWatchingLogger } from '../../testing/watching-logger.ts'

describe('the lock after wrong passwords', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { LOGIN_MAX_FAILURES: '2' } })
    await server.setup()
  })
  afterAll(() => server.close())

  const login = (password: string) =>
    sendJson(`${server.url}/console/api/login`, 'POST', { email: administrator.email, password: encodePassword(password) })

  /** The command of whoever operates the installation: a process of its own, with a cache of its own. */
  const reset = (password: string): Promise<number> => {
    const loaded = loadConfig({ env: { TRELLIS_HOME: server.folder }, cwd: server.folder })
    if (!loaded.ok) throw new TypeError('A newcomer’s configuration has no faults.')
    const parameters = ['reset-password', '--email', administrator.email, '--new-password', password]
    return runJob({ config: loaded.config, warnings: [], clock: systemClock, logger: createWatchingLogger().logger, arguments: parameters })
  }

  it('falls, refuses the right password too, and is opened by a reset beside the running server', async () => {
    for (let failures = 0; failures < 3; failures++) expect((await login(`wrong password ${failures}`)).status).toBe(401)
    expect(await login(administrator.password)).toMatchObject({ status: 429, body: { code: 'email_code_login_limit' } })
    expect(await reset('another password 1')).toBe(0)
    expect((await login('another password 1')).status).toBe(200)
    expect((await login(administrator.password)).status).toBe(401)
  })

  it('counts tries that come at the same moment', async () => {
    const guesses = Array.from({ length: 12 }, (_, index) =>
      sendJson(`${server.url}/console/api/login`, 'POST', { email: 'many@example.com', password: encodePassword(`guess number ${index}`) }),
    )
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(9)
  })

  it('falls on addresses that nobody has just the same', async () => {
    const stranger = { email: 'nobody@example.com', password: encodePassword('some password 1') }
    const statuses: number[] = []
    for (let tries = 0; tries < 4; tries++) statuses.push((await sendJson(`${server.url}/console/api/login`, 'POST', stranger)).status)
    expect(statuses).toEqual([401, 401, 401, 429])
  })
})
