import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MailApiCall {
  readonly path: string
  readonly authorization: string | undefined
  readonly idempotencyKey: string | undefined
  // Each service has a body of its own, which its tests read.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly body: any
}

export interface FakeMailApi {
  readonly url: string
  readonly calls: readonly MailApiCall[]
  fail(how: 'refuses' | 'is busy' | 'hangs up'): void
  close(): Promise<void>
}

const refusals = { refuses: 422, 'is busy': 429 } as const

/** A service that takes letters by HTTP and checks them as `accepts` says: the status of its answer. */
export async function startFakeMailApi(accepts: (call: MailApiCall) => number): Promise<FakeMailApi> {
  const calls: MailApiCall[] = []
  let failure: Parameters<FakeMailApi['fail']>[0] | undefined
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const call: MailApiCall = {
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      idempotencyKey: request.headers['idempotency-key'] as string | undefined, // node joins repeated headers of this name
      body: JSON.parse(Buffer.concat(chunks).toString()),
    }
    const how = failure
    failure = undefined
    if (how === 'hangs up') return request.socket.destroy()
    const status = how ? refusals[how] : accepts(call)
    if (status < 300) calls.push(call)
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message: `status ${status}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    calls,
    fail(how) {
      failure = how
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
