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
