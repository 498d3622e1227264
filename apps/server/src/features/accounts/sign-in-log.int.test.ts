import { encodePassword } from '@trellis/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { administrator, sendJson, startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let accountId: string
beforeAll(async () => {
  server = await startTestServer({ env: { LOGIN_MAX_FAILURES: '1' } })
  const session = await server.setup()
  accountId = (await session.send('GET', '/account/profile')).body.id
})
afterAll(() => server.close())

const ip = '127.0.0.1'
const login = (email: string, password: string) => sendJson(`${server.url}/console/api/login`, 'POST', { email, password })
/** What was logged while it ran. */
async function seen(work: () => Promise<unknown>): Promise<readonly object[]> {
  const before = server.lines().length
  await work()
  return server
    .lines()
    .slice(before)
    .map(({ fields, message }) => ({ message, ...fields }))
}

it('tells who came in and who left', async () => {
  const known = { accountId, email: 'a***@example.com', ip }
  expect(
    await seen(async () => {
      const session = await server.login(administrator.email.toUpperCase(), administrator.password)
      await session.send('POST', '/logout')
    }),
  ).toEqual([
    { message: 'Signed in', ...known },
    { message: 'Signed out', ...known },
  ])
})

it('tells who was kept out, why, and when an account is locked, but no password', async () => {
  const stranger = { email: 'n***@example.org', ip }
  const lines = await seen(async () => {
    for (let tries = 0; tries < 3; tries++) await login('nobody@example.org', encodePassword('guess number 1'))
    await login(administrator.email, 'not base64!')
    await login(administrator.email, encodePassword('guess number 2'))
  })
  expect(lines).toEqual([
    { message: 'A sign-in was refused', reason: 'unknown address', ...stranger },
    { message: 'A sign-in was refused', reason: 'unknown address', ...stranger },
    { message: 'An account was locked after wrong passwords', failures: 2, ...stranger },
    { message: 'A sign-in was refused', reason: 'locked', ...stranger },
    { message: 'A sign-in was refused', reason: 'unreadable password', accountId, email: 'a***@example.com', ip },
    { message: 'A sign-in was refused', reason: 'wrong password', accountId, email: 'a***@example.com', ip },
  ])
  expect(JSON.stringify(lines)).not.toContain('guess')
})
