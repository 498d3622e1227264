import type { Egress, EgressRequest, EgressResponse } from '@trellis/spec'

export interface SentRequest extends Omit<EgressRequest, 'body'> {
  readonly body: string
}

interface FakeAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** In place of an answer. */
  readonly error?: Error
}

/** A world that answers everything alike, and keeps what it was asked. */
export function createFakeEgress(answer: FakeAnswer = {}): { readonly http: Egress; readonly sent: readonly SentRequest[] } {
  const sent: SentRequest[] = []
  return {
    sent,
    http: {
      async request(request) {
        sent.push({ ...request, body: await readBody(request.body) })
        if (answer.error) throw answer.error
        return toResponse(request.url, answer)
      },
      fetchFor: () => fetch,
    },
  }
}

async function readBody(body: EgressRequest['body']): Promise<string> {
  if (typeof body !== 'function') return Buffer.from(body ?? '').toString('utf8')
  const parts: Uint8Array[] = []
  for await (const part of body()) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function toResponse(url: string, { status = 200, headers = {}, body = '' }: FakeAnswer): EgressResponse {
  const bytes = Buffer.from(body)
  return {
    status,
    headers,
    url,
    chunks: (async function* () {
      yield bytes
    })(),
    bytes: async () => bytes,
    text: async () => bytes.toString('utf8'),
  }
}
