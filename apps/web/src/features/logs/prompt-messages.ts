/** One message of a prompt as it went to the model. */
export interface PromptMessage {
  readonly role: string
  readonly text: string
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return value.map((part) => (isRecord(part) ? textOf(part['text'] ?? part['data'] ?? '') : String(part))).join('\n')
  return value === undefined || value === null ? '' : JSON.stringify(value, null, 2)
}

/** Reads the log's `message`, which is a list of messages, or one text from a text-completion model. */
export function toPromptMessages(message: unknown): PromptMessage[] {
  if (message === null || message === undefined || message === '') return []
  if (!Array.isArray(message)) return [{ role: 'user', text: textOf(message) }]
  return message
    .filter(isRecord)
    .map((item) => ({ role: typeof item['role'] === 'string' ? item['role'] : 'user', text: textOf(item['text'] ?? item['content']) }))
}
