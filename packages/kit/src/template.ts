const PLACEHOLDER = /\{\{([A-Za-z_][A-Za-z0-9_]{0,29})\}\}/g
const PLACEHOLDER_OR_SPECIAL = /\{\{([A-Za-z_][A-Za-z0-9_]{0,29}|#histories#|#query#|#context#)\}\}/g

export interface TemplateOptions {
  /** Also replaces `{{#histories#}}`, `{{#query#}}` and `{{#context#}}`; their values are found under `#query#` and so on. */
  readonly allowSpecial?: boolean
}

const patternFor = (options: TemplateOptions) => (options.allowSpecial ? PLACEHOLDER_OR_SPECIAL : PLACEHOLDER)

/**
 * Fills `{{name}}` (workflow spec 6.2). A placeholder without a value stays, with single braces, and so do placeholders within
 * values: what a user types is never a template. Sequences like `<|end|>` are removed from the result.
 */
export function renderTemplate(text: string, values: Readonly<Record<string, string>>, options: TemplateOptions = {}): string {
  const pattern = patternFor(options)
  const filled = text.replace(pattern, (placeholder, name: string) =>
    (Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder).replace(pattern, '{$1}'),
  )
  return withoutControlTokens(filled)
}

const LINE_END = /[\n\r\u2028\u2029]/g

/**
 * Control tokens of chat formats (`<|…|>` within a line) must not get in by way of a prompt. One pass: a pattern would look for the
 * end of each opening anew, and a text of openings alone would keep everybody waiting.
 */
function withoutControlTokens(text: string): string {
  let kept = ''
  let from = 0
  let end = -1
  let lineEnd = -1
  for (let start = text.indexOf('<|'); start >= 0; start = text.indexOf('<|', start)) {
    if (end < start + 2) end = text.indexOf('|>', start + 2)
    if (end < 0) break
    if (lineEnd < start) lineEnd = findLineEnd(text, start)
    if (lineEnd < end) start += 1
    else {
      kept += text.slice(from, start)
      from = end + 2
      start = from
    }
  }
  return kept + text.slice(from)
}

function findLineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from
  return LINE_END.exec(text)?.index ?? text.length
}

/** `{{name}}` becomes `{name}`: for text that came from a user or a model and may be put into a template later. */
export function neutralizePlaceholders(text: string, options: TemplateOptions = {}): string {
  return text.replace(patternFor(options), '{$1}')
}

/** The names that a template asks for, each once, in order of appearance. */
export function listTemplateVariables(text: string, options: TemplateOptions = {}): readonly string[] {
  return [...new Set(Array.from(text.matchAll(patternFor(options)), (match) => match[1] ?? ''))]
}

/** An input as text the way Dify prints it (Python's `str`): `None`, `True`, numbers as they are, lists and objects as Python literals. */
export function toTemplateText(value: unknown): string {
  return typeof value === 'string' ? value : toPythonLiteral(value)
}

function toPythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return quoteLikePython(value)
  if (Array.isArray(value)) return `[${value.map(toPythonLiteral).join(', ')}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${quoteLikePython(key)}: ${toPythonLiteral(entry)}`)
      .join(', ')}}`
  }
  return String(value)
}

function quoteLikePython(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`)
  return `${quote}${escaped}${quote}`
}
