const removed = '[redacted]'
const maxDepth = 6
const maxEntries = 100
const maxTextLength = 8_192

/** Keys in lower case without separators; a value under one of these names is a secret wherever it stands. */
const secretParts = [
  'authorization',
  'cookie',
  'password',
  'passwd',
  'apikey',
  'secret',
  'credential',
  'privatekey',
  'passphrase',
  'passport',
]
const secretEnds = ['token', 'accesskey', 'sign', 'signature', 'dsn']

/** What people and models say to each other. */
const contentKeys = new Set(['prompt', 'prompts', 'query', 'inputs', 'answer', 'messages', 'content', 'completion', 'transcript', 'body'])

/**
 * A copy of the fields that may be written: secrets are removed by key and by shape, whatever their depth; what users and models said
 * is replaced by its length unless `showsContent`; errors become plain objects; what is too deep, long or many is cut.
 */
export function redactFields(fields: object, options: { readonly showsContent: boolean }): Record<string, unknown> {
  // An object gives an object back: `redact` answers with other types only for other values.
  return redact(fields, options.showsContent, 0, new Set()) as Record<string, unknown>
}

function redact(value: unknown, showsContent: boolean, depth: number, ancestors: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
  if (ancestors.has(value)) return '[circular]'
  if (depth >= maxDepth) return '[too deep]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  ancestors.add(value)
  try {
    if (value instanceof Error) return redactError(value, showsContent, depth, ancestors)
    if (Array.isArray(value)) return value.slice(0, maxEntries).map((item) => redact(item, showsContent, depth + 1, ancestors))
    return redactObject(value, showsContent, depth, ancestors)
  } finally {
    ancestors.delete(value)
  }
}

function redactObject(value: object, showsContent: boolean, depth: number, ancestors: Set<object>): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value).slice(0, maxEntries)) {
    if (isSecret(key, item)) copy[key] = removed
    else if (!showsContent && contentKeys.has(key)) copy[key] = hideContent(item)
    else copy[key] = redact(item, showsContent, depth + 1, ancestors)
  }
  return copy
}

function redactError(error: Error, showsContent: boolean, depth: number, ancestors: Set<object>): Record<string, unknown> {
  const { name, message, stack, cause, ...own } = error
  const extra = redactObject(own, showsContent, depth, ancestors)
  const lines = stack === undefined ? {} : { stack: redactText(stack) }
  const because = cause === undefined ? {} : { cause: redact(cause, showsContent, depth + 1, ancestors) }
  return { type: name, message: redactText(message), ...extra, ...lines, ...because }
}

/** Numbers and claims are no secrets: `maxToken: 5`, `hasPassword: true`. */
function isSecret(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || typeof value === 'number' || typeof value === 'boolean') return false
  const plain = key.toLowerCase().replace(/[^a-z]/g, '')
  return secretParts.some((part) => plain.includes(part)) || secretEnds.some((end) => plain.endsWith(end))
}

function hideContent(value: unknown): unknown {
  if (typeof value === 'string') return `[${value.length} characters]`
  if (Array.isArray(value)) return `[${value.length} items]`
  if (typeof value === 'object' && value !== null) return `[${Object.keys(value).length} fields]`
  return value
}

/** Removes what has the shape of a secret from a sentence: credentials in addresses, bearer tokens, API keys. */
export function redactText(text: string): string {
  const cut = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}… (${text.length} characters)` : text
  return mayHoldSecret.test(cut) ? removeSecrets(cut) : cut
}

/** One quick look that spares most lines the five passes below. */
const mayHoldSecret = /:\/\/|bearer|basic|[-_]|AIza|[?&]/i

function removeSecrets(text: string): string {
  return text
    .replace(/(:\/\/)[^\s/@:]*:[^\s/@]+@/g, `$1${removed}@`)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${removed}`)
    .replace(/\b(app|dataset|ds|sk|pk|key|token|gsk|xai)-[\w-]{16,}/g, `$1-${removed}`)
    .replace(/\bAIza[\w-]{20,}/g, removed)
    .replace(/([?&](?:api_?key|key|token|sign|signature|secret|password)=)[^&\s#"']+/gi, `$1${removed}`)
}
