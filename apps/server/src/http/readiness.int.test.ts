import { afterAll, beforeAll, expect, it } from 'vitest'
import { sendJson, startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

it('tells strangers that a part does not answer, and only the log where that part lies', async () => {
  const { queue } = server.process.platform
  const check = queue.check
  Object.assign(queue, {
    check: async () => {
      throw new Error('connect ECONNREFUSED 10.1.2.3:6379')
    },
  })
  const reply = await sendJson(`${server.url}/ready`, 'GET')
  Object.assign(queue, { check })
  expect(reply.status).toBe(503)
  expect(reply.body.checks).toMatchObject({ database: { ok: true }, queue: { ok: false } })
  expect(JSON.stringify(reply.body)).not.toContain('10.1.2.3')
})
