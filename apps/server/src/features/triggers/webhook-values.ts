import { AppError } from '@trellis/contracts'
import { type Dict, getKey, isDict, isList, isNumber, typeName, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'
import type { WebhookParameter } from './webhook-config.ts'

/** Where a parameter stands, for whoever called. */
export type WebhookPlace = 'query parameter' | 'body field'

export const refusal = (message: string): AppError => new AppError('bad_request', { message })

export const refuse = (message: string): never => {
  throw refusal(message)
}

/**
 * What a call gave, by the declared types; what was not declared passes as it is.
 * `isText`: the values are texts and are converted; otherwise they came as JSON and must be of their type.
 * @throws AppError `bad_request` naming the parameter
 */
export function readParameters(
  given: Dict,
  declared: readonly WebhookParameter[],
  { place, isText }: { readonly place: WebhookPlace; readonly isText: boolean },
): Dict {
  const read = new Map<string, Value>(Object.entries(given))
  for (const parameter of declared) {
    const { name, required } = parameter
    const value = getKey(given, name)
    if (value === undefined) {
      if (required) refuse(`The ${place} "${name}" is required.`)
    } else read.set(name, isText && typeof value === 'string' ? convertText(parameter, value, place) : checkValue(parameter, value, place))
  }
  return Object.fromEntries(read)
}

const truths: Readonly<Record<string, boolean>> = { true: true, '1': true, yes: true, false: false, '0': false, no: false }
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i

const TOLD_CHARACTERS = 100
const shorten = (text: string): string => (text.length > TOLD_CHARACTERS ? `${text.slice(0, TOLD_CHARACTERS)}…` : text)

function convertText({ name, type }: WebhookParameter, text: string, place: WebhookPlace): Value {
  if (type === 'string') return text
  if (type === 'number') {
    const trimmed = text.trim()
    if (!DECIMAL.test(trimmed)) refuse(`The ${place} "${name}" must be a number, but is "${shorten(text)}".`)
    return Number(trimmed)
  }
  if (type === 'boolean') {
    const word = text.toLowerCase()
    const truth = Object.hasOwn(truths, word) ? truths[word] : undefined
    return truth ?? refuse(`The ${place} "${name}" must be one of true, false, 1, 0, yes, no, but is "${shorten(text)}".`)
  }
  return refuse(`The ${place} "${name}" is declared as ${type}, which texts cannot be. Declare it as string, number or boolean.`)
}

const isNothing = (): boolean => false
const listOf = (isItem: (value: Value) => boolean) => (value: Value) => isList(value) && value.every(isItem)
const isText = (value: Value): boolean => typeof value === 'string'
const isBoolean = (value: Value): boolean => typeof value === 'boolean'
const isObject = (value: Value): boolean => isDict(value) && !isFile(value)

const kinds: Readonly<Record<string, (value: Value) => boolean>> = {
  string: isText,
  number: isNumber,
  boolean: isBoolean,
  object: isObject,
  // Files come in forms and as whole bodies, never in JSON.
  file: isNothing,
  'array[string]': listOf(isText),
  'array[number]': listOf(isNumber),
  'array[boolean]': listOf(isBoolean),
  'array[object]': listOf(isObject),
}

function checkValue({ name, type }: WebhookParameter, value: Value, place: WebhookPlace): Value {
  // A type that this version does not know is no reason to turn calls away.
  const isOfKind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (isOfKind && !isOfKind(value)) refuse(`The ${place} "${name}" must be of the type ${type}, but is ${typeName(value)}.`)
  return value
}
