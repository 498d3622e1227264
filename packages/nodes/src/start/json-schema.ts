import { type Schema, Validator } from '@cfworker/json-schema'
import { type Dict, isDict, isTruthy, parseJson, toPlain, type Value } from '@trellis/values'
import { metaSchema } from './meta-schema.ts'

/** Says what is wrong with a value; undefined where it fits. */
export type SchemaCheck = (value: Dict) => string | undefined

const metaValidator = new Validator(metaSchema, '7')

/**
 * A schema of draft 7, given as an object, as its JSON text, or not at all. It is interpreted, not compiled to code: it comes from
 * whoever builds the app. @throws Error where it is no schema
 */
export function compileSchema(source: Value): SchemaCheck | undefined {
  if (!isTruthy(source)) return undefined
  const schema = typeof source === 'string' ? parseJson(source) : source
  if (!isTruthy(schema)) return undefined
  if (schema === null || !isDict(schema)) throw new Error('it must be an object')
  // A dict of JSON, made plain.
  const plain = toPlain(schema) as Schema
  const verdict = metaValidator.validate(plain)
  if (!verdict.valid) throw new Error(describe(verdict.errors))
  const validator = new Validator(plain, '7')
  return (value) => {
    const { valid, errors } = validator.validate(toPlain(value))
    return valid ? undefined : describe(errors)
  }
}

/** The innermost fault, which is the one that says most. */
function describe(errors: readonly { readonly instanceLocation: string; readonly error: string }[]): string {
  const last = errors.at(-1)
  if (!last) return 'it does not fit.'
  const where = last.instanceLocation.replace(/^#\/?/, '')
  return where === '' ? last.error : `at ${where}: ${last.error}`
}
