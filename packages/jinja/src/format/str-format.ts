import { reprString } from '@trellis/values'
import { Dict } from '../objects/dict.ts'
import { Markup } from '../objects/markup.ts'
import type { PyValue } from '../objects/py-object.ts'
import { repr, str } from '../objects/text.ts'
import { textOf, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError, type TemplateErrorKind } from '../template-error.ts'
import { formatValue } from './spec.ts'

const fail = (kind: TemplateErrorKind, message: string): never => {
  throw new TemplateError(kind, message)
}

/** Python's `text.format(...)`. `protect` is given where the text is safe and what is put in must become so. */
export function formatFields(text: string, args: Arguments, run: Run, protect?: (text: string) => string): string {
  return run.text(new Formatter(args, run, protect).format(text, 2))
}

class Formatter {
  private readonly args: Arguments
  private readonly run: Run
  private readonly protect: ((text: string) => string) | undefined
  /** The number of the next field without a name, or -1 where fields are numbered by hand. */
  private automatic: number | undefined

  constructor(args: Arguments, run: Run, protect: ((text: string) => string) | undefined) {
    this.args = args
    this.run = run
    this.protect = protect
  }

  format(text: string, depth: number): string {
    if (depth < 0) fail('ValueError', 'Max string recursion exceeded')
    let result = ''
    for (let at = 0; at < text.length; ) {
      const character = text[at]
      if (character !== '{' && character !== '}') {
        const end = nextBrace(text, at)
        result += text.slice(at, end)
        at = end
      } else if (text[at + 1] === character) {
        result += character
        at += 2
      } else if (character === '}') fail('ValueError', "Single '}' encountered in format string")
      else {
        const end = fieldEnd(text, at + 1)
        result += this.field(text.slice(at + 1, end), depth)
        at = end + 1
      }
      this.run.budget.allowText(result.length)
    }
    return result
  }

  private field(text: string, depth: number): string {
    const end = nameEnd(text)
    const rest = text.slice(end)
    let spec = rest
    let conversion = ''
    if (rest.startsWith('!')) {
      conversion = rest[1] ?? fail('ValueError', 'end of string while looking for conversion specifier')
      spec = rest.slice(2)
      if (spec !== '' && !spec.startsWith(':')) fail('ValueError', "expected ':' after conversion specifier")
    }
    const value = convert(this.lookUp(text.slice(0, end)), conversion, this.run)
    const format = spec.slice(1)
    const shown = formatValue(value, format.includes('{') ? this.format(format, depth - 1) : format, this.run, (each) =>
      str(each, this.run),
    )
    return this.protect && !(value instanceof Markup) ? this.protect(shown) : shown
  }

  private lookUp(name: string): PyValue {
    const [, first = '', path = ''] = /^([^.[]*)([\s\S]*)$/.exec(name) ?? []
    let value = this.start(first)
    const parts = /\.([^.[]*)|\[([^\]]*)\](?=$|[.[])|([\s\S])/gy
    for (let part = parts.exec(path); part; part = parts.exec(path)) {
      const [, attribute, key, other] = part
      if (other !== undefined)
        fail('ValueError', other === '[' ? "Missing ']' in format string" : "Only '.' or '[' may follow ']' in format field specifier")
      if (attribute === '' || key === '') fail('ValueError', 'Empty attribute in format string')
      value = attribute === undefined ? this.item(value, key ?? '') : this.attribute(value, attribute)
    }
    return value
  }

  private start(name: string): PyValue {
    const isNumber = /^\d+$/.test(name)
    if (name !== '' && !isNumber) {
      const named = this.args.named?.get(name)
      return named === undefined ? fail('KeyError', reprString(name)) : named
    }
    if (name === '' ? this.automatic === -1 : this.automatic !== undefined && this.automatic >= 0) {
      const [from, to] =
        name === ''
          ? ['manual field specification', 'automatic field numbering']
          : ['automatic field numbering', 'manual field specification']
      fail('ValueError', `cannot switch from ${from} to ${to}`)
    }
    const index = name === '' ? (this.automatic ?? 0) : Number(name)
    this.automatic = name === '' ? index + 1 : -1
    const value = this.args.positional[index]
    return value === undefined ? this.missing(index) : value
  }

  private missing(index: number): never {
    return fail('IndexError', `Replacement index ${index} out of range for positional args tuple`)
  }

  private attribute(value: PyValue, name: string): PyValue {
    if (name.startsWith('__')) return fail('SecurityError', `access to attribute ${reprString(name)} is unsafe.`)
    const found = this.run.runtime.ownAttribute(value, name, this.run)
    return found === undefined ? fail('AttributeError', `'${typeName(value)}' object has no attribute ${reprString(name)}`) : found
  }

  private item(value: PyValue, key: string): PyValue {
    if (value instanceof Undefined) return value.fail()
    const isIndex = /^\d+$/.test(key)
    const found = this.run.runtime.heldItem(value, isIndex ? Number(key) : key)
    if (found !== undefined) return found
    if (value instanceof Dict) return fail('KeyError', isIndex ? key : reprString(key))
    const type = typeName(value)
    if (!Array.isArray(value) && textOf(value) === undefined) return fail('TypeError', `'${type}' object is not subscriptable`)
    return isIndex ? fail('IndexError', `${type === 'str' ? 'string' : type} index out of range`) : fail('TypeError', wrongIndex(type))
  }
}

const wrongIndex = (type: string): string =>
  type === 'str' ? "string indices must be integers, not 'str'" : `${type} indices must be integers or slices, not str`

function convert(value: PyValue, conversion: string, run: Run): PyValue {
  if (conversion === '') return value
  if (conversion === 's') return str(value, run)
  if (conversion === 'r' || conversion === 'a') return repr(value, run)
  return fail('ValueError', `Unknown conversion specifier ${conversion}`)
}

function nextBrace(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '{' && text[at] !== '}') at++
  return at
}

/** The brace that closes a field; those within its specification are in pairs. */
function fieldEnd(text: string, from: number): number {
  if (from >= text.length) fail('ValueError', "Single '{' encountered in format string")
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return fail('ValueError', "expected '}' before end of string")
}

/** Where the name of a field ends: at `!` or `:`, but not within brackets. */
function nameEnd(text: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') {
      const close = text.indexOf(']', at)
      if (close > at) at = close
    } else if (text[at] === '!' || text[at] === ':') return at
    else if (text[at] === '{') fail('ValueError', "unexpected '{' in field name")
  }
  return text.length
}
