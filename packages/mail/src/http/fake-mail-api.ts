import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MailApiCall<Body> {
  readonly path: string
  readonly authorization: string | undefined
  readonly idempotencyKey: string | undefined
  /** In the service's own shape. */
  readonly body: Body
}

export interface FakeMailApi<Body> {
  readonly url: string
  readonly calls: readonly MailApiCall<Body>[]
  fail(how: 'refuses' | 'is busy' | 'hangs up'): void
  close(): Promise<void>
}

const refusals = { refuses: 422, 'is busy': 429 } as const

/** A service that takes letters by HTTP and checks them as `accepts` says: the status of its answer. */
export async function startFakeMailApi<Body>(accepts: (call: MailApiCall<Body>) => number): Promise<FakeMailApi<Body>> {
  const calls: MailApiCall<Body>[] = []
  let failure: Parameters<FakeMailApi<Body>['fail']>[0] | undefined
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const call: MailApiCall<Body> = {
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
