import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeWeb {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  close(): Promise<void>
}

const pages: Readonly<Record<string, { readonly status: number; readonly type: string; readonly body: string }>> = {
  '/made': { status: 201, type: 'text/plain; charset=utf-8', body: '你好 🌍' },
  '/data': { status: 200, type: 'application/json', body: '{"key": "value", "number": 42}' },
}

/** What HTTP nodes ask: two pages; every other path hangs up. */
export async function startFakeWeb(): Promise<FakeWeb> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    if (page) response.writeHead(page.status, { 'content-type': page.type }).end(page.body)
    else request.socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
