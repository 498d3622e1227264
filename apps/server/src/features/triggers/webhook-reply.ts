import type { WebhookConfig } from './webhook-config.ts'

export interface WebhookReply {
  readonly status: number
  /** JSON text; undefined where the status has no body. */
  readonly body: string | undefined
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

/** What the caller of a webhook gets, as its node says (service-api 6.2). */
export function toReply({ status_code: status, response_body: text }: Pick<WebhookConfig, 'status_code' | 'response_body'>): WebhookReply {
  if (withoutBody.has(status)) return { status, body: undefined }
  if (text === '') return { status, body: JSON.stringify({ status: 'success', message: 'Webhook processed successfully' }) }
  return { status, body: isJson(text) ? text : JSON.stringify({ message: text }) }
}

/** A text that does not begin like an object or a list is a message, also where it is JSON. */
function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
