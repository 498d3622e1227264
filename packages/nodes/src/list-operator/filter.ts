import { compareNumbers, isFloat, isList, isNumber, type Numeric, PythonError, toFloat, toInteger, type Value } from '@trellis/values'
import { type FileValue, isFile, readFileAttribute } from '@trellis/variables'

/** A filter that does not suit the list; the message is for people. */
export class ListError extends Error {
  override readonly name = 'ListError'
}

type Keep = (item: Value) => boolean

const onTexts: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
  contains: (text, wanted) => text.includes(wanted),
  'not contains': (text, wanted) => !text.includes(wanted),
  'start with': (text, wanted) => text.startsWith(wanted),
  'end with': (text, wanted) => text.endsWith(wanted),
  is: (text, wanted) => text === wanted,
  'is not': (text, wanted) => text !== wanted,
  in: (text, wanted) => wanted.includes(text),
  'not in': (text, wanted) => !wanted.includes(text),
  empty: (text) => text === '',
  'not empty': (text) => text !== '',
}

const onNumbers: Readonly<Record<string, (difference: number) => boolean>> = {
  '=': (difference) => difference === 0,
  '≠': (difference) => difference !== 0,
  '<': (difference) => difference < 0,
  '≤': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '≥': (difference) => difference >= 0,
}

/** Tests of texts; note that `in` looks for the item within the text of the condition (workflow spec 2.22). */
function textFilter(operator: string, wanted: Value): (text: string) => boolean {
  if (typeof wanted !== 'string') throw new ListError(`The filter "${operator}" on texts needs a text.`)
  const test = find(onTexts, operator, 'texts')
  return (text) => test(text, wanted)
}

function numberFilter(operator: string, wanted: Value): (number: Numeric) => boolean {
  if (typeof wanted !== 'string') throw new ListError(`The filter "${operator}" on numbers needs a number, written as text.`)
  const test = find(onNumbers, operator, 'numbers')
  const number = readNumber(wanted)
  return (item) => test(compareNumbers(item, number))
}

function readNumber(text: string): Numeric {
  try {
    const number = toFloat(text)
    // Integers are compared exactly.
    return isFloat(number) && /^\s*[+-]?\d+\s*$/.test(text) ? toInteger(text) : number
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    throw new ListError(`The filter compares numbers with "${text.slice(0, 100)}", which is no number.`)
  }
}

function booleanFilter(operator: string, wanted: Value): (item: Value) => boolean {
  if (typeof wanted !== 'boolean') throw new ListError(`The filter "${operator}" on booleans needs true or false.`)
  if (operator === 'is') return (item) => item === wanted
  if (operator === 'is not') return (item) => item !== wanted
  throw unknownOperator(operator, 'booleans')
}

const textAttributes = new Set(['name', 'extension', 'mime_type', 'url', 'related_id'])

/** Tests of files by one of their attributes. */
function fileFilter(key: string, operator: string, wanted: Value): (file: FileValue) => boolean {
  if (key === 'size') {
    const test = numberFilter(operator, wanted)
    return (file) => test(file.size)
  }
  if (textAttributes.has(key) && typeof wanted === 'string') {
    const test = textFilter(operator, wanted)
    return (file) => test(textOf(file, key))
  }
  if ((key === 'type' || key === 'transfer_method') && isList(wanted)) {
    if (operator === 'in') return (file) => wanted.includes(textOf(file, key))
    if (operator === 'not in') return (file) => !wanted.includes(textOf(file, key))
  }
  throw new ListError(`Files cannot be filtered by "${key}" with "${operator}" and such a value.`)
}

/** An attribute as text; empty where nobody knows it. */
export function textOf(file: FileValue, key: string): string {
  const value = readFileAttribute(file, key)
  return typeof value === 'string' ? value : ''
}

function find<Test>(tests: Readonly<Record<string, Test>>, operator: string, kind: string): Test {
  const test = Object.hasOwn(tests, operator) ? tests[operator] : undefined
  if (!test) throw unknownOperator(operator, kind)
  return test
}

const unknownOperator = (operator: string, kind: string): ListError => new ListError(`"${operator}" is no filter for ${kind}.`)

/** The filter for items of that kind. */
export function filterFor(kind: ItemKind, key: string, operator: string, wanted: Value): Keep {
  switch (kind) {
    case 'string': {
      const test = textFilter(operator, wanted)
      return (item) => typeof item === 'string' && test(item)
    }
    case 'number': {
      const test = numberFilter(operator, wanted)
      return (item) => isNumber(item) && test(item)
    }
    case 'boolean':
      return booleanFilter(operator, wanted)
    case 'file': {
      const test = fileFilter(key, operator, wanted)
      return (item) => isFile(item) && test(item)
    }
  }
}

export type ItemKind = 'string' | 'number' | 'boolean' | 'file'
