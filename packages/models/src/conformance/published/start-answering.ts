import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface PlayedAnswer {
  readonly status?: number
  /** JSON's where absent. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object | string
}

/** A server on a free port that answers every request with what it was last told. */
export async function startAnswering(): Promise<{
  readonly url: string
  answer(next: PlayedAnswer): void
  /** The body of the last request. */
  lastBody(): string
  close(): void
}> {
  let played: PlayedAnswer = { status: 500, body: 'nothing is played' }
  let asked = ''
  const server = createServer(async (request, response) => {
    asked = await text(request)
    const { status = 200, headers = { 'content-type': 'application/json' }, body } = played
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A listening TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    answer(next) {
      played = next
    },
    lastBody: () => asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
