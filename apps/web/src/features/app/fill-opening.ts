import { fillPrompt, segmentPrompt } from './prompt-variables.ts'

/** An address at the end of a clause, as in “Welcome, {{name}}!”: without a name the clause is whole. Behind a gap it is a list rather. */
const SET_OFF_BEFORE = /(?<!…)[,，、]\s*$/u
/** “Hi {{name}},” is one, too; only words that greet: “About {{topic}},” needs its word. */
const GREETING_BEFORE = /(?:(?<!\p{L})(?:hi|hello|hey|welcome|dear|good (?:morning|afternoon|evening))\s+|(?:你好|您好|欢迎|嗨)\s*)$/iu
const CLAUSE_AFTER = /^\s*(?:[!！.。,，?？\n]|$)/u
const CALL_AFTER = /^[!！,，]/u

/**
 * An opening as a visitor meets it before the form is filled in. What is not known yet is a gap, not the name of a variable; where the sentence
 * only calls somebody by it, it does without.
 */
export function fillOpening(opening: string, values: Readonly<Record<string, string | number | boolean>>): string {
  const segments = segmentPrompt(opening)
  let told = ''
  for (const [position, { text, variable }] of segments.entries()) {
    if (variable === undefined || values[variable] !== '') {
      told += fillPrompt(text, values)
      continue
    }
    const after = segments[position + 1]?.text ?? ''
    if (SET_OFF_BEFORE.test(told) && CLAUSE_AFTER.test(after)) told = told.replace(SET_OFF_BEFORE, '')
    else if (GREETING_BEFORE.test(told) && CALL_AFTER.test(after)) told = told.trimEnd()
    else told += '…'
  }
  return told
}

interface Started {
  /** As the server keeps it; null where the page knows of the conversation before the server told of it. */
  readonly introduction: string | null
  readonly inputs: Readonly<Record<string, unknown>>
  /** Of the form. */
  readonly names: readonly string[]
}

/**
 * The opening of a conversation that has begun, worded as it was before: what the server keeps of it has holes, or names in braces, where nothing
 * was filled in. An opening that was another one then stays as it is kept.
 */
export function fillStartedOpening(opening: string, { introduction, inputs, names }: Started): string {
  if (introduction !== null && introduction !== asKept(opening, inputs)) return introduction
  const known = new Set([...names, ...Object.keys(inputs)])
  return fillOpening(opening, Object.fromEntries([...known].map((name) => [name, textOf(inputs[name])])))
}

/** As the server fills it in (workflow 6.2). */
const asKept = (opening: string, inputs: Started['inputs']): string =>
  segmentPrompt(opening)
    .map(({ text, variable }) => {
      if (variable === undefined) return text
      const value = Object.hasOwn(inputs, variable) ? inputs[variable] : undefined
      if (typeof value === 'boolean') return value ? 'True' : 'False'
      if (value === null) return 'None'
      return value === undefined ? `{${variable}}` : textOf(value)
    })
    .join('')

const textOf = (value: unknown): string => (value === undefined || value === null || typeof value === 'object' ? '' : String(value))
