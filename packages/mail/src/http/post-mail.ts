import { type Egress, MailError, type MailFault } from '@trellis/spec'

export interface MailPost {
  readonly egress: Egress
  readonly url: string
  readonly apiKey: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
  readonly signal: AbortSignal | undefined
}

const TIMEOUT_MS = 30_000
/** What services say of a failure is a sentence or two. */
const MAX_ANSWER_BYTES = 65_536
const MAX_QUOTE_LENGTH = 500
/** Beside 429 and 5xx: too slow, busy with the very same letter, too early. */
const passing = new Set([408, 409, 425, 429])

/** Gives a letter to a service over HTTP, once. @throws MailError */
export async function postMail({ egress, url, apiKey, headers, body, signal }: MailPost): Promise<void> {
  const host = new URL(url).host
  const response = await egress
    .request({
      url,
      policy: 'operator',
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      headersTimeoutMs: TIMEOUT_MS,
      idleTimeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_ANSWER_BYTES,
      ...(signal ? { signal } : {}),
    })
    .catch((cause: unknown) => {
      throw new MailError(`${host} cannot be reached: ${toText(cause)}`, { isPermanent: false, fault: 'unreachable', cause })
    })
  const answer = await response.text().catch(() => '')
  if (response.status >= 200 && response.status < 300) return
  throw new MailError(`${host} answered ${response.status}: ${answer.slice(0, MAX_QUOTE_LENGTH)}`, {
    isPermanent: response.status < 500 && !passing.has(response.status),
    fault: faultOf(response.status, answer),
  })
}

/** Both services answer 403 to a wrong key and to a sender whose domain is not theirs to send for; their words tell which. */
function faultOf(status: number, answer: string): MailFault {
  if (status === 401 || (status === 403 && /api.?key/i.test(answer))) return 'login'
  if (status === 403 || (status < 500 && /\bfrom\b|sender|domain/i.test(answer))) return 'sender'
  return status === 404 ? 'unreachable' : 'other'
}

const toText = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
