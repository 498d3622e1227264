import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEgress } from '@trellis/kit'
import type { Egress } from '@trellis/spec'
import type { WireDialect, WireEndpoint } from './endpoint.ts'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Bytes as characters of the same number. */
  readonly body: string
  /** Tells connections apart. */
  readonly clientPort: number
}

export interface FakeProvider {
  readonly url: string
  readonly egress: Egress
  readonly requests: readonly SeenRequest[]
  /** The body of the last request, parsed. */
  lastBody(): unknown
  /** What the next requests are answered with, one entry a request; the last one stays. */
  answer(...answers: readonly Answer[]): void
  endpoint(dialect?: WireDialect): WireEndpoint
  close(): Promise<void>
}

export type Answer =
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body: string | Uint8Array
      /** Breaks the connection instead of ending the body. */
      readonly isCut?: boolean
    }
  | ((response: ServerResponse) => void)

export const SECRET = 'sk-very-secret-0123456789'

/** An HTTP server that says what it is told to and remembers what it was asked; for tests. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const requests: SeenRequest[] = []
  let answers: readonly Answer[] = []
  let served = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('latin1'),
        clientPort: request.socket.remotePort ?? 0,
      })
      const answer = answers[Math.min(served, answers.length - 1)]
      served += 1
      if (answer === undefined) response.writeHead(500).end('no answer was prepared')
      else send(answer, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    egress,
    requests,
    lastBody: () => JSON.parse(Buffer.from(requests.at(-1)?.body ?? 'null', 'latin1').toString('utf8')),
    answer: (...next) => {
      answers = next
      served = 0
    },
    endpoint: (dialect = {}) => ({
      egress,
      urlFor: (path) => `${url}/v1${path}`,
      headers: { authorization: `Bearer ${SECRET}` },
      secrets: [SECRET],
      dialect,
    }),
    close: async () => {
      await egress.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(answer: Answer, response: ServerResponse): void {
  if (typeof answer === 'function') {
    answer(response)
    return
  }
  response.writeHead(answer.status ?? 200, answer.headers ?? { 'content-type': 'text/event-stream' })
  if (answer.isCut === true) response.write(answer.body, () => response.destroy())
  else response.end(answer.body)
}

export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** An event stream of these chunks (JSON, or text as it is), `[DONE]` not included. */
export const sse = (...chunks: readonly unknown[]): Answer => ({
  body: chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join(''),
})

export const fixture = (name: string): string => readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8')

export const delta = (delta: object, finishReason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finishReason }],
})
