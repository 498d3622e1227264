import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '@trellis/config'
import type { Readiness } from '@trellis/contracts'
import type { Metrics } from '../observability/index.ts'
import { judgeMetricsReader } from './metrics-access.ts'

export interface OwnPages {
  readonly config: Pick<Config, 'metrics'>
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>
  readonly version: string
  /** Absent: there is no `/ready`. */
  readonly readReadiness?: () => Promise<Readiness>
}

/** Answers whoever watches a process whose work is not HTTP; false where the request is for something else. */
export type AnswerOwn = (request: IncomingMessage, response: ServerResponse) => boolean

export function answerOwnWith({ config, metrics, version, readReadiness }: OwnPages): AnswerOwn {
  return (request, response) => {
    if (request.method !== 'GET') return false
    if (request.url === '/health') {
      sendJson(response, 200, { status: 'ok', version })
      return true
    }
    if (request.url === '/ready' && readReadiness) {
      void readReadiness().then((readiness) => sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness))
      return true
    }
    if (request.url !== '/metrics' || !config.metrics.enabled) return false
    void sendMetrics(request, response, { metrics, token: config.metrics.token })
    return true
  }
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, token }: { readonly metrics: OwnPages['metrics']; readonly token: string | undefined },
): Promise<void> {
  const verdict = judgeMetricsReader(request, token)
  if (verdict === 'allowed') send(response, 200, metrics.contentType, await metrics.render())
  else send(response, verdict === 'forbidden' ? 403 : 401, 'text/plain', 'Set METRICS_TOKEN, and send it as a bearer token.\n')
}

export const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, 'application/json', JSON.stringify(body))

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}
