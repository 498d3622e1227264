import { splitLines, trimStart } from '../objects/characters.ts'
import { textBetween, textLength } from '../objects/code-points.ts'
import type { PyValue } from '../objects/py-object.ts'
import { isTruthy, textOf, toIndex, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

const SPACES = '[\\t\\n\\v\\f\\r ]'
const WORD = '[\\p{L}\\p{N}_]'
const LETTER = '[\\p{L}_]'
const PUNCTUATED = '[\\p{L}\\p{N}_!"\'&.,?]'
/** Python's textwrap: spaces, dashes between words, words that may break behind a hyphen. */
const WITH_HYPHENS = new RegExp(
  `(${SPACES}+|(?<=${PUNCTUATED})-{2,}(?=${WORD})|[^\\t\\n\\v\\f\\r ]+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${PUNCTUATED}-))(?=${LETTER}-?${LETTER})|(?=${SPACES}|$)|(?<=${PUNCTUATED})(?=-{2,}${WORD})))`,
  'u',
)
const SIMPLE = new RegExp(`(${SPACES}+)`, 'u')

interface Rules {
  readonly width: number
  readonly breaksLongWords: boolean
  readonly breaksOnHyphens: boolean
}

/** Jinja's `wordwrap`: each line of the text is wrapped for itself. */
export function wordWrap(run: Run, value: PyValue, width: PyValue, breaksLong: PyValue, separator: PyValue, onHyphens: PyValue): PyValue {
  if (value instanceof Undefined) value.fail()
  const text = textOf(value)
  if (text === undefined) throw new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute 'splitlines'`)
  const rules = { width: toIndex(width), breaksLongWords: isTruthy(breaksLong, run), breaksOnHyphens: isTruthy(onHyphens, run) }
  const between = separator === null ? '\n' : (textOf(separator) ?? '\n')
  run.budget.spend(text.length)
  const lines = splitLines(text).map((line) => wrap(line, rules, run).join(between))
  return run.text(lines.join(between))
}

function wrap(line: string, rules: Rules, run: Run): string[] {
  const chunks = line.split(rules.breaksOnHyphens ? WITH_HYPHENS : SIMPLE).filter((chunk) => chunk !== '')
  if (rules.width <= 0) throw new TemplateError('ValueError', `invalid width ${rules.width} (must be > 0)`)
  chunks.reverse()
  const lines: string[] = []
  while (chunks.length > 0) {
    run.budget.spend(1)
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop()
    const current = takeLine(chunks, rules)
    if (isBlank(current.at(-1))) current.pop()
    if (current.length > 0) lines.push(current.join(''))
  }
  return lines
}

const isBlank = (chunk: string | undefined): boolean => chunk !== undefined && trimStart(chunk, null) === ''

/** The chunks of one line, taken from the end of the list. */
function takeLine(chunks: string[], { width, breaksLongWords, breaksOnHyphens }: Rules): string[] {
  const current: string[] = []
  let length = 0
  for (let next = chunks.at(-1); next !== undefined && length + textLength(next) <= width; next = chunks.at(-1)) {
    current.push(next)
    length += textLength(next)
    chunks.pop()
  }
  const long = chunks.at(-1)
  if (long === undefined || textLength(long) <= width) return current
  if (breaksLongWords) {
    const end = breakPlace(long, width - length, breaksOnHyphens)
    current.push(textBetween(long, 0, end))
    chunks[chunks.length - 1] = textBetween(long, end, textLength(long))
  } else if (current.length === 0) current.push(chunks.pop() ?? '')
  return current
}

function breakPlace(word: string, room: number, breaksOnHyphens: boolean): number {
  const head = textBetween(word, 0, room)
  const hyphen = breaksOnHyphens ? head.lastIndexOf('-') : -1
  return hyphen > 0 && /[^-]/.test(head.slice(0, hyphen)) ? textLength(head.slice(0, hyphen)) + 1 : room
}
