import { splitLines } from '../objects/characters.ts'
import { compare } from '../objects/compare.ts'
import { Dict } from '../objects/dict.ts'
import type { PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { repr } from '../objects/text.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

const WIDTH = 80

/** Python's `pprint.pformat(value)`: on one line where it fits, dicts by their keys. */
export const prettyPrint = (run: Run, value: PyValue): PyValue => run.text(format(run, sorted(run, value), 0, 0, 0))

/** The same value with its dicts in the order of their keys. */
function sorted(run: Run, value: PyValue): PyValue {
  run.budget.spend(1)
  return run.budget.nested(() => {
    if (Array.isArray(value)) return value.map((item) => sorted(run, item))
    if (value instanceof Tuple) return new Tuple(value.items.map((item) => sorted(run, item)))
    if (!(value instanceof Dict)) return value
    const entries = Array.from(value.entries(), ([key, item]) => [key, sorted(run, item)] as const)
    return Dict.of(entries.sort(([left], [right]) => order(left, right, run)))
  })
}

function order(left: PyValue, right: PyValue, run: Run): number {
  run.budget.spend(1)
  try {
    return compare(left, right, '<', run)
  } catch (error) {
    if (error instanceof TemplateError && error.kind === 'TypeError') return 0
    throw error
  }
}

function format(run: Run, value: PyValue, indent: number, allowance: number, level: number): string {
  const line = repr(value, run)
  if (line.length <= WIDTH - indent - allowance) return line
  if (Array.isArray(value)) return `[${formatItems(run, value, indent, allowance + 1, level)}]`
  if (value instanceof Tuple) {
    const end = value.items.length === 1 ? ',)' : ')'
    return `(${formatItems(run, value.items, indent, allowance + end.length, level)}${end}`
  }
  if (value instanceof Dict) return `{${formatMembers(run, value, indent, allowance + 1, level)}}`
  return typeof value === 'string' && value !== '' ? formatText(run, value, indent, allowance, level) : line
}

function formatItems(run: Run, items: readonly PyValue[], indent: number, allowance: number, level: number): string {
  const parts = items.map((item, index) => format(run, item, indent + 1, index === items.length - 1 ? allowance : 1, level + 1))
  return parts.join(`,\n${' '.repeat(indent + 1)}`)
}

function formatMembers(run: Run, dict: Dict, indent: number, allowance: number, level: number): string {
  const members = [...dict.entries()].map(([key, value], index) => {
    const name = repr(key, run)
    return `${name}: ${format(run, value, indent + 1 + name.length + 2, index === dict.size - 1 ? allowance : 1, level + 1)}`
  })
  return members.join(`,\n${' '.repeat(indent + 1)}`)
}

/** A text in several literals, cut behind white space. */
function formatText(run: Run, text: string, outerIndent: number, outerAllowance: number, level: number): string {
  const [indent, allowance] = level === 0 ? [outerIndent + 1, outerAllowance + 1] : [outerIndent, outerAllowance]
  const width = WIDTH - indent
  const chunks: string[] = []
  const lines = splitLines(text, true)
  let shown = ''
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1
    shown = repr(line, run)
    if (shown.length <= width - (isLast ? allowance : 0)) chunks.push(shown)
    else chunks.push(...cut(run, line, width, isLast ? allowance : 0))
  }
  if (chunks.length === 1) return shown
  const joined = chunks.join(`\n${' '.repeat(indent)}`)
  return level === 0 ? `(${joined})` : joined
}

function cut(run: Run, line: string, width: number, allowance: number): string[] {
  const chunks: string[] = []
  const parts = line.match(/\S+\s*|\s+/g) ?? []
  let current = ''
  for (const [index, part] of parts.entries()) {
    const room = index === parts.length - 1 ? width - allowance : width
    if (repr(current + part, run).length > room) {
      if (current) chunks.push(repr(current, run))
      current = part
    } else current += part
  }
  if (current) chunks.push(repr(current, run))
  return chunks
}
