import type { RouteContract } from '@trellis/contracts'
import { type JsonSchema, jsonSchemaOf } from './sample-request.ts'

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)

/** Values that no field is made for, as JSON text: what breaks types, columns and encodings. */
export const badJsonValues: readonly string[] = [
  'null',
  'true',
  '-1',
  '1e999',
  '9007199254740993',
  '""',
  JSON.stringify('x'.repeat(300)),
  JSON.stringify('x'.repeat(70_000)),
  '"a\\u0000b"',
  '"\\udfff\\ud800 x"',
  '[]',
  '{}',
  `{"a":${nested(50_000, '[', ']')}}`,
]

/** More of them, rarer ones. */
export const oddJsonValues: readonly string[] = [
  '0',
  '1.5',
  '-1e308',
  '99999999999999999999999999',
  '" "',
  '"NaN"',
  '"\\u0000"',
  JSON.stringify('👩‍👩‍👧‍👦'.repeat(40)),
  JSON.stringify('\u202eright to left\u202c'),
  JSON.stringify('\ufeff\u200b\u2028'),
  JSON.stringify(`'"; -- \\ % _ $1 ? \${x}`),
  JSON.stringify('{{#sys.query#}} {{user}} {{{}}}'),
  JSON.stringify('../../../x'),
  JSON.stringify('0196F1B2-7A3C-7D00-8000-0123456789AB'),
  '[null]',
  '[[],{}]',
  '{"a":null}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"hasOwnProperty":null,"length":-1}',
  `{"a":${nested(150, '[', ']')}}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
]

/** Bodies that are none. */
export const badBodies: readonly string[] = [
  '{',
  '{"a":}',
  '{"a":1,}',
  "{'a':1}",
  '{"a":NaN}',
  'undefined',
  '"',
  '\u0000',
  '\ufeff{}',
  '<xml/>',
  'a=1&b=2',
  '{"__proto__":{"polluted":true}}',
  '{"a":{"__proto__":1}}',
  '{"\\u005f_proto__":1}',
]

/** JSON that is no object; `null` counts as no body. */
export const otherJson: readonly string[] = ['true', '1', '"text"', '[]', '[{}]', nested(20_000, '[', ']')]

/** What stands in an address where an id, a word or a number should. */
export const badUrlValues: readonly string[] = [
  '%20',
  '-1',
  '1.5',
  'NaN',
  'null',
  '99999999999999999999',
  '9007199254740993',
  '%00',
  'a%00b',
  '%F0%9F%98%80',
  '%2e%2e%2f%2e%2e%2f',
  '%27%22%3B--',
  '__proto__',
  '0196F1B2-7A3C-7D00-8000-0123456789AB',
  'x'.repeat(1500),
]

/** Paths of the fields of a body, two levels deep. */
export function fieldPathsOf({ body }: RouteContract): readonly (readonly string[])[] {
  if (!body) return []
  return Object.entries(jsonSchemaOf(body).properties ?? {}).flatMap(([name, property]) => [
    [name],
    ...Object.keys(propertiesOf(property)).map((inner) => [name, inner]),
  ])
}

const propertiesOf = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  schema.properties ?? (schema.anyOf ?? schema.oneOf)?.find(({ properties }) => properties)?.properties ?? {}

/** The body with one value in it that is raw JSON text. */
export function withRawValue(body: object, [first = '', second]: readonly string[], raw: string): string {
  const MARK = '@@raw@@'
  const inner = (body as Readonly<Record<string, unknown>>)[first] // bodies are plain objects
  const value = second === undefined ? MARK : { ...(typeof inner === 'object' ? inner : {}), [second]: MARK }
  return JSON.stringify({ ...body, [first]: value }).replace(JSON.stringify(MARK), () => raw)
}
