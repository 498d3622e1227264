import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { findPostgres, startPostgres } from '../../../../tools/test-services/index.ts'
import { administrator, sendJson, startTestServer } from './test-server.ts'

describe.runIf(findPostgres())('while PostgreSQL is away', () => {
  it('the log tells it once and its end once, and people are told what is so', { timeout: 90_000 }, async () => {
    const postgres = await startPostgres()
    const way = await openWay(postgres.port)
    const server = await startTestServer({
      env: {
        DB_TYPE: 'postgresql',
        DB_HOST: '127.0.0.1',
        DB_PORT: String(way.port),
        DB_USERNAME: postgres.user,
        DB_PASSWORD: postgres.password,
        DB_DATABASE: 'postgres',
      },
    })
    const session = await server.setup()
    await way.close()

    // Whoever meets a connection that is cut learns it; then there is none to be had.
    await expect.poll(() => server.process.platform.database.check().catch(String)).toContain('database')
    for (const attempt of [1, 2, 3]) {
      const refused = await sendJson(`${server.url}/console/api/login`, 'POST', administrator)
      expect(refused, `attempt ${attempt}`).toMatchObject({
        status: 503,
        body: {
          code: 'dependency_unavailable',
          message: 'The server cannot reach its database (PostgreSQL) at the moment. Try again shortly.',
          status: 503,
          details: { reason: 'database_away', values: {} },
        },
      })
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    }
    expect(await sendJson(`${server.url}/ready`, 'GET')).toMatchObject({ status: 503, body: { checks: { database: { ok: false } } } })
    // Longer than the queue, the leases and what else works in the background leave the database alone.
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    await way.open()
    await expect.poll(() => server.lines().some(({ message }) => message === 'PostgreSQL is back'), { timeout: 30_000 }).toBe(true)

    const told = [...server.takeProblems(), ...server.lines().map(({ message }) => message)]
    expect(told.filter((line) => line.includes('PostgreSQL cannot be reached'))).toHaveLength(1)
    expect(told.filter((line) => line.includes('PostgreSQL is back'))).toHaveLength(1)
    // What could not be done meanwhile is told of once for each kind, and without a stack.
    expect(new Set(told).size).toBe(told.length)
    expect(told.filter((line) => /\n\s+at /u.test(line))).toEqual([])
    expect((await sendJson(`${server.url}/ready`, 'GET')).status).toBe(200)
    expect((await session.send('GET', '/account/profile')).status).toBe(200)
    await server.close()
    await way.close()
    await postgres.stop()
  })
})

/** A way to a server that can be cut: whoever knocks then is refused, as where nobody listens. */
async function openWay(target: number) {
  const sockets = new Set<Socket>()
  let listener: Server
  let port = 0
  const way = {
    get port() {
      return port
    },
    async open() {
      listener = createServer((socket) => {
        const onward = connect(target, '127.0.0.1')
        for (const end of [socket, onward]) {
          sockets.add(end)
          end.on('error', () => undefined)
          end.on('close', () => sockets.delete(end))
        }
        socket.pipe(onward).pipe(socket)
      })
      listener.listen(port, '127.0.0.1')
      await once(listener, 'listening')
      // A port of TCP.
      port = (listener.address() as AddressInfo).port
    },
    async close() {
      if (!listener.listening) return
      const closed = once(listener, 'close')
      listener.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  await way.open()
  return way
}
