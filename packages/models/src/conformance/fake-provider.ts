import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ReceivedRequest, type Scenario, SSE_HEADERS, type UnderstoodRequest, type Wire } from './scenario.ts'

export const CONFORMANCE_KEY = 'sk-conformance-0123456789'

export interface FakeProvider {
  readonly url: string
  /** What the next requests get. `tornInto` cuts the answer into pieces of so many bytes. */
  play(scenario: Scenario, options?: { readonly tornInto?: number }): void
  /** The last question put to a model, as the provider understood it. */
  lastRequest(): UnderstoodRequest
  lastBody(): unknown
  /** Resolves when the caller has closed the connection of a hanging answer. */
  callerLeft(): Promise<void>
  close(): Promise<void>
}

/** A provider of our own on a free port: speaks one wire, does what it is told. */
export async function startFakeProvider(wire: Wire, options: { readonly hasModelList?: boolean } = {}): Promise<FakeProvider> {
  let scenario: Scenario = { type: 'answer', chunks: ['ok'], finish: 'stop' }
  let tornInto: number | undefined
  let last: ReceivedRequest | undefined
  let left = Promise.withResolvers<void>()

  const server = createServer((request, response) => {
    void receive(request).then(async (received) => {
      if (received.method === 'GET') {
        if (options.hasModelList === false) send(response, { status: 404, headers: {}, body: 'no such page' })
        else answerList(wire, scenario, response)
        return
      }
      last = received
      response.on('close', () => {
        if (!response.writableFinished) left.resolve()
      })
      await perform(wire, scenario, response, tornInto)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A listening TCP server's address is never a path.
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    play(next, manner = {}) {
      scenario = next
      tornInto = manner.tornInto
      left = Promise.withResolvers()
    },
    lastRequest() {
      if (last === undefined) throw new TypeError('no request has come')
      return wire.understand(last)
    },
    lastBody: () => last?.body,
    callerLeft: () => left.promise,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const text = Buffer.concat(pieces).toString()
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

function answerList(wire: Wire, scenario: Scenario, response: ServerResponse): void {
  const list = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(wire.modelList()) }
  if (scenario.type === 'nonsense') send(response, nonsense)
  else send(response, scenario.type === 'failure' ? wire.failure(scenario.failure, CONFORMANCE_KEY) : list)
}

const nonsense = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Welcome</title><p>It works!' }

async function perform(wire: Wire, scenario: Scenario, response: ServerResponse, tornInto: number | undefined): Promise<void> {
  const headers = wire.streamHeaders ?? SSE_HEADERS
  const bytesOf = (text: string): Buffer => Buffer.from(text, wire.encoding ?? 'utf8')
  const stream = (text: string): Promise<void> => sendInPieces(response, { headers, bytes: bytesOf(text), tornInto })
  switch (scenario.type) {
    case 'nonsense':
      send(response, nonsense)
      return
    case 'failure':
      send(response, wire.failure(scenario.failure, CONFORMANCE_KEY), wire.encoding)
      return
    case 'answer':
      return stream(wire.open(scenario.chunks, scenario.reasoning ?? []) + wire.finish(scenario.finish))
    case 'tool-calls':
      return stream(wire.toolCalls(scenario.calls))
    case 'failure-in-stream':
      return stream(wire.open(scenario.chunks, []) + wire.overloadInStream())
    case 'hang':
      response.writeHead(200, headers)
      response.write(bytesOf(wire.open(scenario.chunks, [])))
      return
    case 'cut':
      response.writeHead(200, headers)
      response.write(bytesOf(wire.open(scenario.chunks, [])), () => response.destroy())
      return
  }
}

function send(
  response: ServerResponse,
  { status, headers, body }: { status: number; headers: Readonly<Record<string, string>>; body: string },
  encoding: 'utf8' | 'latin1' = 'utf8',
): void {
  response.writeHead(status, headers)
  response.end(body, encoding)
}

async function sendInPieces(
  response: ServerResponse,
  { headers, bytes, tornInto }: { headers: Readonly<Record<string, string>>; bytes: Buffer; tornInto: number | undefined },
): Promise<void> {
  response.writeHead(200, headers)
  const size = tornInto ?? bytes.length
  for (let start = 0; start < bytes.length; start += size) {
    response.write(bytes.subarray(start, start + size))
    await new Promise(setImmediate)
  }
  response.end()
}
