import { createServer } from 'node:http'

/** A call of an API extension, as it came. */
export interface ExtensionCall {
  readonly method: string
  readonly authorization: string | undefined
  readonly point: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface ExtensionReply {
  /** 200 where nothing is said. */
  readonly status?: number
  /** JSON, or a text as it is. */
  readonly body: object | string
}

export interface FakeExtension {
  readonly url: string
  readonly calls: ExtensionCall[]
  close(): Promise<void>
}

/** An API extension as somebody would write one: answers pings, and the rest as it is told. A reply of undefined never comes. */
export async function startFakeExtension(
  answer: (call: ExtensionCall) => ExtensionReply | undefined,
  { apiKey = 'a-key-of-an-extension' }: { readonly apiKey?: string } = {},
): Promise<FakeExtension> {
  const calls: ExtensionCall[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { point, params } = JSON.parse(Buffer.concat(pieces).toString() || '{}')
    const call = { method: request.method ?? '', authorization: request.headers.authorization, point, params }
    calls.push(call)
    const reply = call.authorization === `Bearer ${apiKey}` ? replyTo(call, answer) : { status: 401, body: 'Who are you?' }
    if (!reply) return
    const isText = typeof reply.body === 'string'
    response.writeHead(reply.status ?? 200, { 'content-type': isText ? 'text/plain' : 'application/json' })
    response.end(isText ? reply.body : JSON.stringify(reply.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/extension`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const replyTo = (call: ExtensionCall, answer: (call: ExtensionCall) => ExtensionReply | undefined): ExtensionReply | undefined =>
  call.point === 'ping' ? { body: { result: 'pong' } } : answer(call)
