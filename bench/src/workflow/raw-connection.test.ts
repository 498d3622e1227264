import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { RawConnection } from './raw-connection.ts'

async function withServer(answer: (request: IncomingMessage, response: ServerResponse) => void, use: (url: URL) => Promise<void>) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  try {
    await use(new URL(`http://127.0.0.1:${port}/v1/run`))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('asks again on the same connection, whatever the pieces in which answers come', async () => {
  const seen: string[] = []
  const sockets = new Set<unknown>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
    sockets.add(request.socket)
    response.writeHead(seen.length === 1 ? 200 : 429, { 'content-length': 10 })
    response.write('half ')
    setImmediate(() => response.end(`done${seen.length}`))
  }
  await withServer(answer, async (url) => {
    const connection = new RawConnection(url, { headers: { authorization: 'Bearer key' }, body: '{"a":1}' })
    expect(await connection.ask()).toEqual({ status: 200, body: 'half done1' })
    expect(await connection.ask()).toEqual({ status: 429, body: 'half done2' })
    expect(seen).toEqual(Array.from({ length: 2 }, () => 'POST /v1/run Bearer key {"a":1}'))
    expect(sockets.size).toBe(1)
    connection.close()
  })
})

it('tells of a connection that breaks, and of answers that it cannot read', async () => {
  await withServer(
    (request) => request.socket.destroy(),
    async (url) => {
      const connection = new RawConnection(url, { headers: {}, body: '' })
      await expect(connection.ask()).rejects.toThrow(/closed|reset/i)
      expect(connection.isOpen).toBe(false)
    },
  )
  await withServer(
    (_, response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end('in chunks'),
    async (url) => {
      const connection = new RawConnection(url, { headers: {}, body: '' })
      await expect(connection.ask()).rejects.toThrow(/content-length/)
    },
  )
})
