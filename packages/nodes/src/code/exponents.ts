import { float, isDict, isList, type Value } from '@trellis/values'

/** Digits, a point perhaps, more digits, an exponent with its sign; as Python's `$`, the end may have a line end before it. */
const EXPONENT = /^-?\d+(?:\.\d*)?e[+-]\d+\n?$/i

/** Every text that is a number with an exponent becomes that float, at any depth: a habit of Dify's that its apps have come to rely on. */
export function floatsFromExponents(result: { readonly [name: string]: Value }): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, convert(value)]))
}

function convert(value: Value): Value {
  if (typeof value === 'string') return EXPONENT.test(value) ? float(Number(value)) : value
  if (isList(value)) return value.map(convert)
  return value !== null && isDict(value) ? floatsFromExponents(value) : value
}
