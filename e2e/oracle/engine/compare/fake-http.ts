import { type Egress, EgressError, type EgressRequest } from '../../../../packages/spec/src/index.ts'
import type { HttpFake } from '../case.ts'
import type { Replies } from './replies.ts'

export interface SentRequest {
  readonly node: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Whatever server a node asks: it answers what the case says for the node. */
export function fakeHttp(replies: Replies, nodeId: string, requests: SentRequest[]): Egress {
  return {
    async request({ url, method = 'GET', headers = {}, body }) {
      requests.push({ node: nodeId, method, url, headers, body: await readBody(body) })
      const reply = replies.next<HttpFake>(nodeId)
      if ('error' in reply) throw new EgressError('connection', reply.error.message)
      const bytes = Buffer.from(reply.body ?? '')
      const named = Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
      return {
        url,
        status: reply.status,
        headers: Object.fromEntries(named),
        chunks: (async function* () {
          yield bytes
        })(),
        bytes: async () => bytes,
        text: async () => bytes.toString(),
      }
    },
    fetchFor: () => fetch,
  }
}

async function readBody(body: EgressRequest['body']): Promise<string> {
  if (typeof body !== 'function') return Buffer.from(body ?? '').toString()
  const parts: Uint8Array[] = []
  for await (const part of body()) parts.push(part)
  return Buffer.concat(parts).toString()
}
