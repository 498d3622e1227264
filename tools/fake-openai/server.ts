import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApi, refusal, sendJson } from './api.ts'
import { readForm } from './audio.ts'
import { type FakeBehaviour, UnknownBehaviourError } from './behaviour.ts'
import { sendError } from './faults.ts'
import { createPacer, type PacerLag } from './pacer.ts'
import { type ChatRequestBody, createRequestLog, type FakeRequest } from './request-log.ts'

export interface FakeStats {
  readonly requests: number
  readonly openStreams: number
  readonly tokensSent: number
  /** CPU of this process since its start, in milliseconds. */
  readonly cpuMs: number
  /** How late paced tokens left, since the last time that statistics were asked for. */
  readonly lag: PacerLag
}

export interface FakeOpenaiOptions extends Partial<FakeBehaviour> {
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** The key that callers must show; any key, or none, where absent. */
  readonly apiKey?: string
  /** The only models that there are (names that start with `fake` always exist); any name where absent. */
  readonly models?: readonly string[]
  /** How many requests are kept for inspection, 1,000 by default; the oldest go first. */
  readonly keepRequests?: number
  /** Decides over each request; wins over defaults, model name and header. */
  readonly respond?: (request: FakeRequest) => Partial<FakeBehaviour> | undefined
}

export interface FakeOpenai {
  /** `http://127.0.0.1:<port>/v1`, what a provider's settings call the base address. */
  readonly url: string
  /** Requests so far, oldest first. */
  readonly requests: readonly FakeRequest[]
  stats(): FakeStats
  /** Changes the defaults of requests to come, and forgets how often each model was asked. */
  setDefaults(behaviour: Partial<FakeBehaviour>): void
  /** Cuts what is open and stops. */
  close(): Promise<void>
}

/**
 * A provider that speaks OpenAI's wire and does what it is told: pace, text and faults come from the options, from the model's name
 * (`fake-tokens=200-rate=20`), or from the header `x-fake-behaviour` (`tokens=200&rate=20`), the later winning over the earlier.
 * `PUT /fake/defaults`, `GET /fake/stats` and `GET /fake/requests` steer one that runs as a process of its own.
 */
export async function startFakeOpenai(options: FakeOpenaiOptions = {}): Promise<FakeOpenai> {
  const { port = 0, apiKey, models, keepRequests = 1000, respond, ...settings } = options
  const pacer = createPacer()
  const log = createRequestLog(keepRequests)
  const api = createApi({ settings, apiKey, models, respond, pacer, log })

  const stats = (): FakeStats => {
    const { user, system } = process.cpuUsage()
    return { ...log.counters, cpuMs: (user + system) / 1000, lag: pacer.takeLag() }
  }
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url?.split('?')[0] ?? '/'
    const body = await readBody(incoming)
    if (path === '/fake/stats') sendJson(response, stats())
    else if (path === '/fake/requests') sendJson(response, log.requests)
    // The steering caller is our own bench or test; it sends a Partial<FakeBehaviour>.
    else if (path === '/fake/defaults') sendJson(response, api.setDefaults(body as Partial<FakeBehaviour>))
    // Only fields that are checked at their use are read from it.
    else api.answer(log.open(incoming, path, body as ChatRequestBody | undefined, response), response)
  }
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => failRequest(response, error))
  })
  // As long as a real provider's front keeps connections, so that callers reuse theirs.
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))

  return {
    // A server that listens on a port has an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: log.requests,
    stats,
    setDefaults: (behaviour) => void api.setDefaults(behaviour),
    async close() {
      pacer.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const contentType = incoming.headers['content-type'] ?? ''
  if (contentType.startsWith('multipart/')) return readForm(Buffer.concat(chunks), contentType)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? undefined : JSON.parse(text)
}

function failRequest(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const isAskedWrongly = error instanceof UnknownBehaviourError || error instanceof SyntaxError
  sendError(response, refusal(isAskedWrongly ? 400 : 500, error instanceof Error ? error.message : String(error)))
}
