import { encodePassword } from '@trellis/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import { administrator, type JsonReply, sendJson, startTestServer } from './test-server.ts'

const few = { LOGIN_IP_LIMIT_PER_MINUTE: '2', SETUP_IP_LIMIT_PER_MINUTE: '2', PASSPORT_IP_LIMIT_PER_MINUTE: '2' }
const statuses = (replies: readonly JsonReply[]): readonly number[] => replies.map(({ status }) => status)

await describeOnServers('limits by address', { env: { ...few, RESPECT_XFORWARD_HEADERS_ENABLED: 'true' } }, (server) => {
  let count = 0
  let code: string
  beforeAll(async () => {
    const session = await server().setup()
    code = (await server().createApp(session, { mode: 'chat' })).code
  })

  /** An address that nobody else uses in these tests. */
  const anAddress = (): string => `192.0.2.${++count}`
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const call = (method: string, path: string, body: object | undefined, headers: Readonly<Record<string, string>>) =>
    sendJson(server().url + path, method, body, headers)
  const thrice = async (send: (index: number) => Promise<JsonReply>) => [await send(0), await send(1), await send(2)]
  const login = (address: string, email = administrator.email) =>
    call('POST', '/console/api/login', { email, password: encodePassword(administrator.password) }, from(address))

  it('refuse further sign-ins, whoever they name, and say when to come back', async () => {
    const address = anAddress()
    const replies = await thrice((index) => login(address, index === 0 ? 'nobody@example.com' : administrator.email))
    expect(statuses(replies)).toEqual([401, 200, 429])
    expect(replies[2]?.body).toMatchObject({
      code: 'too_many_requests',
      status: 429,
      message: expect.stringContaining('from this address'),
    })
    expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await login(anAddress())).status).toBe(200)
    expect(server().lines()).toContainEqual({
      message: 'Requests are refused: too many from one address',
      fields: { budget: 'sign-in', ip: address },
    })
  })

  it('refuse further tries at the set-up, and further passports', async () => {
    const headers = from(anAddress())
    const setups = await thrice(() => call('POST', '/console/api/init', { password: 'guess' }, headers))
    expect(statuses(setups)).toEqual([403, 403, 429])
    expect(setups[2]?.body).toMatchObject({ error: { type: 'too_many_requests', status: 429 } })
    const passports = await thrice(() => call('GET', '/api/passport', undefined, { ...headers, 'x-app-code': code }))
    expect(statuses(passports)).toEqual([200, 200, 429])
  })

  it('believe what the nearest proxy says, not what it was told', async () => {
    const address = anAddress()
    const replies = await thrice((index) => login(`198.51.100.${index}, ${address}`))
    expect(statuses(replies)).toEqual([200, 200, 429])
  })
})

describe('limits by address', () => {
  it('count a proxy that is not trusted as one caller, and the log says what to do; 0 is no limit', async () => {
    const server = await startTestServer({ env: { ...few, SETUP_IP_LIMIT_PER_MINUTE: '0' } })
    const login = (index: number) =>
      sendJson(`${server.url}/console/api/login`, 'POST', { email: 'a@b.example', password: '' }, { 'x-forwarded-for': `192.0.2.${index}` })
    await server.setup()
    expect(statuses([await login(1), await login(2)])).toEqual([401, 429])
    expect(server.lines().map(({ message }) => message)).toContainEqual(expect.stringContaining('RESPECT_XFORWARD_HEADERS_ENABLED=true'))
    for (let tries = 0; tries < 5; tries++) {
      expect((await sendJson(`${server.url}/console/api/init`, 'POST', { password: 'x' })).status).toBe(403)
    }
    await server.close()
  })
})
