import { languageOf, shorten, titleOf } from './words.ts'

interface FillContext {
  /** What the values are to be about. */
  readonly subject: string
  /** Where numbers and named options are looked for; the subject, unless there is more. */
  readonly mentions?: string
}

interface Place {
  readonly name: string
  readonly depth: number
  readonly root: JsonSchema
  readonly subject: string
  readonly mentions: string
}

type JsonSchema = Readonly<Record<string, unknown>>

const MAX_DEPTH = 6

/**
 * A value that a JSON schema accepts, filled from the subject: titles from its first words, lists of strings with follow-up
 * questions, enumerations with the option that it names, numbers with one that it holds. Formats and bounds are kept; `pattern` is not.
 */
export function fillSchema(schema: object, context: FillContext): unknown {
  // A schema is an object by the port's type; its members are checked one by one as they are read.
  const root = schema as JsonSchema
  return fill(root, { name: '', depth: 0, root, subject: context.subject, mentions: context.mentions ?? context.subject })
}

/** Three questions that a person might ask next about a subject, in its language. */
function followUpQuestions(subject: string): readonly string[] {
  const topic = shorten(titleOf(subject), 40).replace(/[?？]+$/, '')
  return languageOf(subject) === 'zh'
    ? [`能再详细说说“${topic}”吗？`, `关于“${topic}”，能举个例子吗？`, `“${topic}”该从哪里开始？`]
    : [`Can you tell me more about “${topic}”?`, `Can you give an example of “${topic}”?`, `Where should I start with “${topic}”?`]
}

function fill(schema: JsonSchema, place: Place): unknown {
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return pickOption(schema.enum, place.mentions)
  const alternative = [schema.anyOf, schema.oneOf].find(Array.isArray)
  if (alternative !== undefined) return fill(asSchema(alternative.find((option) => !isNullSchema(option)) ?? alternative[0]), place)
  if (Array.isArray(schema.allOf)) return fill(mergeAll(schema, place.root), place)
  if (typeof schema.$ref === 'string') return place.depth > MAX_DEPTH ? null : fill(resolve(schema.$ref, place.root), descend(place))

  switch (typeOf(schema)) {
    case 'object':
      return fillObject(schema, place)
    case 'array':
      return fillArray(schema, place)
    case 'integer':
    case 'number':
      return fillNumber(schema, place)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return fillString(schema, place)
  }
}

function fillObject(schema: JsonSchema, place: Place): Readonly<Record<string, unknown>> {
  const required = Array.isArray(schema.required) ? schema.required : []
  const isDeep = place.depth >= MAX_DEPTH
  const properties = Object.entries(asSchema(schema.properties)).filter(([name]) => !isDeep || required.includes(name))
  return Object.fromEntries(properties.map(([name, member]) => [name, fill(asSchema(member), { ...descend(place), name })]))
}

function fillArray(schema: JsonSchema, place: Place): readonly unknown[] {
  const items = asSchema(schema.items)
  const least = numberOr(schema.minItems, 0)
  const most = numberOr(schema.maxItems, Number.POSITIVE_INFINITY)
  const isPlainText = typeOf(items) === 'string' && !('enum' in items) && !('const' in items) && !('$ref' in items)
  if (isPlainText) {
    const questions = followUpQuestions(place.subject)
    const wanted = Math.min(most, Math.max(least, questions.length))
    return Array.from({ length: wanted }, (_, index) => questions[index] ?? `${titleOf(place.subject)} ${index + 1}`)
  }
  if (place.depth >= MAX_DEPTH) return []
  return Array.from({ length: Math.min(most, Math.max(least, 1)) }, () => fill(items, descend(place)))
}

function fillNumber(schema: JsonSchema, place: Place): number {
  const isInteger = typeOf(schema) === 'integer'
  const step = isInteger ? 1 : 0.01
  const least = numberOr(schema.minimum, numberOr(schema.exclusiveMinimum, Number.NEGATIVE_INFINITY) + step)
  const most = numberOr(schema.maximum, numberOr(schema.exclusiveMaximum, Number.POSITIVE_INFINITY) - step)
  const said = (place.mentions.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
  const fitting = said.find((value) => value >= least && value <= most && (!isInteger || Number.isInteger(value)))
  if (fitting !== undefined) return fitting
  return Math.min(most, Math.max(least, 0))
}

function fillString(schema: JsonSchema, place: Place): string {
  const formatted = formats[typeof schema.format === 'string' ? schema.format : '']
  if (formatted !== undefined) return formatted
  const text = textFor(place)
  const most = numberOr(schema.maxLength, Number.POSITIVE_INFINITY)
  const least = numberOr(schema.minLength, 0)
  return (text.length > most ? text.slice(0, most) : text).padEnd(least, '.')
}

/** Fixed values: the demo has no clock, and says the same thing every time. */
const formats: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  time: '00:00:00Z',
  'date-time': '2026-01-01T00:00:00Z',
  email: 'demo@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
}

function textFor(place: Place): string {
  const isChinese = languageOf(place.subject) === 'zh'
  if (/title|name|topic|subject|heading|label|标题|名称/i.test(place.name)) return titleOf(place.subject)
  if (/lang/i.test(place.name)) return isChinese ? '中文' : 'English'
  if (/question/i.test(place.name)) return followUpQuestions(place.subject)[0] ?? ''
  return shorten(place.subject, 200) || titleOf(place.subject)
}

function pickOption(options: readonly unknown[], mentions: string): unknown {
  const spoken = mentions.toLowerCase()
  const isNamed = (option: unknown): boolean => typeof option === 'string' && option.length > 1 && spoken.includes(option.toLowerCase())
  return options.find(isNamed) ?? options[0]
}

function typeOf(schema: JsonSchema): string {
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type
  if (typeof type === 'string') return type
  if ('properties' in schema) return 'object'
  return 'items' in schema ? 'array' : 'string'
}

function resolve(reference: string, root: JsonSchema): JsonSchema {
  const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean)
  return path.reduce<JsonSchema>((schema, key) => asSchema(schema[key.replaceAll('~1', '/').replaceAll('~0', '~')]), root)
}

function mergeAll(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const parts = (Array.isArray(schema.allOf) ? schema.allOf : [])
    .map(asSchema)
    .map((part) => (typeof part.$ref === 'string' ? resolve(part.$ref, root) : part))
  const { allOf: _, ...own } = schema
  const all = [own, ...parts]
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map((part) => asSchema(part.properties))),
    required: all.flatMap((part) => listOf(part.required)),
  }
}

function asSchema(value: unknown): JsonSchema {
  // Any object may stand where a schema is expected; unknown members are simply not read.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {}
}

function isNullSchema(value: unknown): boolean {
  return asSchema(value).type === 'null'
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

function descend(place: Place): Place {
  return { ...place, depth: place.depth + 1 }
}
