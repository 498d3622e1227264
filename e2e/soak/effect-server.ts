import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Counts what nodes do to the world: every request by its path, which names run and node. */
export interface EffectServer {
  readonly url: string
  readonly hits: ReadonlyMap<string, number>
  /** Called at each request, before it is answered. */
  onHit: (path: string) => void
  close(): Promise<void>
}

/** Answers after a while, as the world does; with an error where that is asked for. */
export async function startEffectServer(
  delayMs: () => number,
  statusOf: (path: string, hits: number) => number = () => 200,
): Promise<EffectServer> {
  const hits = new Map<string, number>()
  const server = createServer((request, response) => {
    const key = `${request.method} ${request.url}`
    const count = (hits.get(key) ?? 0) + 1
    hits.set(key, count)
    effects.onHit(key)
    setTimeout(() => response.writeHead(statusOf(key, count)).end('done'), delayMs())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const effects: EffectServer = {
    url: `http://127.0.0.1:${port}`,
    hits,
    onHit: () => undefined,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return effects
}
