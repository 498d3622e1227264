/** A stretch of a prompt: plain text, or a placeholder with its name. */
export interface PromptSegment {
  readonly text: string
  /** Set where the stretch is `{{name}}`. */
  readonly variable?: string
}

/** `{{name}}` as the server reads it: a letter or underscore, then up to 29 of letters, digits and underscores (workflow 6.2). */
const PLACEHOLDER = /\{\{([A-Za-z_][A-Za-z0-9_]{0,29})\}\}/gu

/** The prompt in order, nothing lost: joining the texts gives it back. */
export function segmentPrompt(prompt: string): PromptSegment[] {
  const segments: PromptSegment[] = []
  let end = 0
  for (const match of prompt.matchAll(PLACEHOLDER)) {
    if (match.index > end) segments.push({ text: prompt.slice(end, match.index) })
    segments.push({ text: match[0], variable: match[1] ?? '' })
    end = match.index + match[0].length
  }
  if (end < prompt.length) segments.push({ text: prompt.slice(end) })
  return segments
}

/** Names of the placeholders, each once, in order of appearance. */
export function findVariables(...texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => segmentPrompt(text).flatMap((segment) => segment.variable ?? []))
  return [...new Set(names)]
}

/** Fills placeholders for showing; one without a value stays as it is. */
export function fillPrompt(prompt: string, values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return segmentPrompt(prompt)
    .map((segment) => {
      const value = segment.variable === undefined ? undefined : values[segment.variable]
      return value === undefined || value === '' ? segment.text : String(value)
    })
    .join('')
}

export interface TextEdit {
  readonly text: string
  /** Where the cursor stands afterwards. */
  readonly cursor: number
}

/** What is written of a name behind braces that are open just before the cursor: empty right behind them. */
export function askedVariable(text: string, cursor: number): string | undefined {
  return /\{\{([A-Za-z0-9_]*)$/u.exec(text.slice(0, cursor))?.[1]
}

/** Puts `{{name}}` at the selection; braces and a beginning that the writer has typed just before it are used, not doubled. */
export function insertVariable(text: string, selection: { start: number; end: number }, name: string): TextEdit {
  const before = text
    .slice(0, selection.start)
    .replace(/(?:\{\{[A-Za-z0-9_]*|\{)$/u, '')
    .replace(/\/$/u, '')
  const after = text.slice(selection.end).replace(/^\}{1,2}/u, '')
  const placeholder = `{{${name}}}`
  return { text: before + placeholder + after, cursor: before.length + placeholder.length }
}
