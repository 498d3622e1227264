import { readFile } from 'node:fs/promises'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Json } from '../console.ts'

/** What a published description (OpenAPI 3.0) promises of one operation. */
export interface Operation {
  /** `GET /messages/{message_id}/suggested`. */
  readonly id: string
  readonly tag: string
  readonly replies: ReadonlyMap<number, DescribedReply>
}

export interface DescribedReply {
  /** By media type; a type without a schema has none. Empty where no content is described. */
  readonly schemas: ReadonlyMap<string, Json | undefined>
  /** The codes of its example errors. */
  readonly codes: readonly string[]
}

export interface Description {
  readonly operations: ReadonlyMap<string, Operation>
  /** A schema with its references followed. */
  resolve(schema: Json): Json
  /** The schema of a frame, chosen by its `event` among those of the family (`ChunkChatEvent`); undefined where it knows no such event. */
  findFrameSchema(family: string, event: string): Json | undefined
  compile(schema: Json): ValidateFunction
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
/** The document's name inside of the validator. */
const ROOT = 'description'

export async function readDescription(path: string): Promise<Description> {
  return createDescription(JSON.parse(await readFile(path, 'utf8')))
}

export function createDescription(document: Json): Description {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, formats })
  const translated = translate(document.components.schemas)
  ajv.addSchema({ components: { schemas: translated } }, ROOT)
  const follow = (reference: string): Json =>
    reference
      .slice('#/'.length)
      .split('/')
      .reduce((found, key) => found[key.replaceAll('~1', '/')], document)
  const resolve = (schema: Json): Json => (schema?.$ref ? resolve(follow(schema.$ref)) : schema)
  return {
    resolve,
    operations: new Map(listOperations(document, resolve).map((operation) => [operation.id, operation])),
    findFrameSchema(family, event) {
      const reference = document.components.schemas[family].discriminator.mapping[event]
      return reference && { $ref: reference }
    },
    compile: (schema) => ajv.compile(translate(schema)),
  }
}

function listOperations(document: Json, resolve: (schema: Json) => Json): Operation[] {
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const { responses, tags } = item[method]
      const replies = Object.entries(responses).map(([status, reply]) => [Number(status), describeReply(resolve(reply))] as const)
      return { id: `${method.toUpperCase()} ${path}`, tag: tags?.[0] ?? '', replies: new Map(replies) }
    }),
  )
}

function describeReply({ content = {} }: Json): DescribedReply {
  const types = Object.entries<Json>(content)
  return {
    schemas: new Map(types.map(([type, { schema }]) => [type, schema])),
    codes: types.flatMap(([, { examples = {} }]) => Object.values<Json>(examples).flatMap(({ value }) => value?.code ?? [])),
  }
}

/**
 * OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, references point into the document, annotations go.
 * `oneOf` is read as `anyOf`: the description uses it for alternatives that all accept one another's values.
 */
function translate(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(translate)
  if (schema === null || typeof schema !== 'object') return schema
  const { nullable, discriminator, example, examples, oneOf, $ref, ...rest } = schema
  const kept = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, translate(value)]))
  const whole = {
    ...kept,
    ...(oneOf ? { anyOf: translate(oneOf) } : {}),
    ...(typeof $ref === 'string' ? { $ref: `${ROOT}${$ref}` } : {}),
  }
  return nullable === true ? { anyOf: [whole, { type: 'null' }] } : whole
}

const anything = true
const formats = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  decimal: /^-?\d+(\.\d+)?$/,
  'date-time': (text: string) => /T/.test(text) && !Number.isNaN(Date.parse(text)),
  // Links to files are relative where the server was told no address of its own.
  url: (text: string) => URL.canParse(text, 'http://localhost'),
  int64: anything,
  float: anything,
  double: anything,
  byte: anything,
  binary: anything,
} as const
