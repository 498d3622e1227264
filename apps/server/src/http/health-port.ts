import { once } from 'node:events'
import { createServer } from 'node:http'
import { toListenFailure } from './listen-failure.ts'
import { answerOwnWith, type OwnPages, sendJson } from './own-pages.ts'

export interface HealthPort {
  readonly address: string
  close(): Promise<void>
}

/** `/health`, `/ready` and `/metrics` of a process that serves nothing else (`HEALTH_PORT`). */
export async function openHealthPort(
  pages: OwnPages,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HealthPort> {
  const answer = answerOwnWith(pages)
  const server = createServer((request, response) => {
    if (!answer(request, response))
      sendJson(response, 404, { code: 'not_found', message: 'Here are /health, /ready and /metrics.', status: 404 })
  })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    throw toListenFailure(cause, { host, port, variable: 'HEALTH_PORT' })
  }
  const listening = server.address()
  const at = typeof listening === 'object' && listening ? listening : { address: host, port }
  return {
    address: `http://${at.address.includes(':') ? `[${at.address}]` : at.address}:${at.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
