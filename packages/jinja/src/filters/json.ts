import { dumpJson } from '@trellis/values'
import { compare } from '../objects/compare.ts'
import { Dict } from '../objects/dict.ts'
import { Markup } from '../objects/markup.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { Tuple } from '../objects/sequences.ts'
import { textOf, toIndex, typeName } from '../objects/types.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'

const UNSAFE: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' }

/** Jinja's `tojson`: Python's json.dumps with sorted keys, safe within HTML. */
export function toJson(run: Run, value: PyValue, indent: PyValue): PyValue {
  const unit = indent === null || !isContainer(value) ? undefined : (textOf(indent) ?? ' '.repeat(spaces(indent, run)))
  const text = new Dumper(run, unit).dump(value, '\n')
  return new Markup(run.text(text.replace(/[<>&']/g, (character) => UNSAFE[character] ?? character)))
}

const isContainer = (value: PyValue): boolean => Array.isArray(value) || value instanceof Tuple || value instanceof Dict

function spaces(indent: PyValue, run: Run): number {
  const count = Math.max(0, toIndex(indent))
  run.budget.allowText(count)
  return count
}

class Dumper {
  private readonly run: Run
  private readonly unit: string | undefined
  private readonly open: object[] = []
  private length = 0

  constructor(run: Run, unit: string | undefined) {
    this.run = run
    this.unit = unit
  }

  dump(value: PyValue, lineBreak: string): string {
    this.run.budget.spend(1)
    if (value instanceof Markup) return this.scalar(value.text)
    if (Array.isArray(value)) return this.nested(value, () => this.list(value, lineBreak))
    if (value instanceof Tuple) return this.nested(value, () => this.list(value.items, lineBreak))
    if (value instanceof Dict) return this.nested(value, () => this.dict(value, lineBreak))
    if (value instanceof PyObject) throw new TemplateError('TypeError', `Object of type ${typeName(value)} is not JSON serializable`)
    return this.scalar(value)
  }

  private scalar(value: Exclude<PyValue, PyValue[] | PyObject>): string {
    const text = dumpJson(value)
    this.length += text.length
    if (this.length > this.run.budget.maxLength) this.run.budget.allowText(this.length)
    return text
  }

  private nested(container: object, dump: () => string): string {
    if (this.open.includes(container)) throw new TemplateError('ValueError', 'Circular reference detected')
    this.open.push(container)
    const text = this.run.budget.nested(dump)
    this.open.pop()
    return text
  }

  private wrap(start: string, parts: readonly string[], end: string, lineBreak: string): string {
    if (parts.length === 0) return start + end
    if (this.unit === undefined) return start + parts.join(', ') + end
    const inner = lineBreak + this.unit
    this.length += parts.length * inner.length
    if (this.length > this.run.budget.maxLength) this.run.budget.allowText(this.length)
    return start + inner + parts.join(`,${inner}`) + lineBreak + end
  }

  private list(items: readonly PyValue[], lineBreak: string): string {
    const inner = lineBreak + (this.unit ?? '')
    return this.wrap(
      '[',
      items.map((item) => this.dump(item, inner)),
      ']',
      lineBreak,
    )
  }

  private dict(dict: Dict, lineBreak: string): string {
    const inner = lineBreak + (this.unit ?? '')
    this.run.budget.spend(dict.size)
    const entries = [...dict.entries()].sort(([left], [right]) => compare(left, right, '<', this.run))
    const members = entries.map(([key, value]) => `${this.scalar(keyText(key))}: ${this.dump(value, inner)}`)
    return this.wrap('{', members, '}', lineBreak)
  }
}

function keyText(key: PyValue): string {
  const text = textOf(key)
  if (text !== undefined) return text
  if (Array.isArray(key) || key instanceof PyObject)
    throw new TemplateError('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`)
  return dumpJson(key)
}
