import { type RouteContract, surfacePrefix } from '@trellis/contracts'
import { z } from 'zod'

/** Values by the name of a parameter or field, for what no schema can tell: ids that exist, passwords, configurations. */
export type Named = Readonly<Record<string, unknown>>

export interface SampleRequest {
  readonly method: string
  /** With the surface's prefix and a query where there is one. */
  readonly path: string
  /** JSON, or undefined where the route takes none. */
  readonly body: object | undefined
  readonly form: FormData | undefined
}

/** A request that a route's contract accepts: what it requires, and what `named` has a value for. */
export function sampleRequest(contract: RouteContract, named: Named): SampleRequest {
  const params = contract.params ? (sampleOf(contract.params, named) as Named) : {} // parameters are always an object
  const query = contract.query ? (sampleOf(contract.query, named) as Record<string, string>) : {} // as above
  const path = contract.path.replaceAll(/[:*](\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? named[name] ?? name)))
  const search = new URLSearchParams(query).toString()
  return {
    method: contract.method,
    path: `${(surfacePrefix[contract.surface] + path).replace(/\/$/, '')}${search === '' ? '' : `?${search}`}`,
    body: contract.body ? (sampleOf(contract.body, named) as object) : undefined, // bodies are always an object
    form: contract.rawBody === 'multipart' ? sampleForm() : undefined,
  }
}

function sampleForm(): FormData {
  const form = new FormData()
  form.set('file', new Blob(['some text'], { type: 'text/plain' }), 'note.txt')
  form.set('user', 'u1')
  return form
}

/** A value that a schema accepts. @throws where none was found: then `named` lacks something */
function sampleOf(schema: z.ZodType, named: Named): unknown {
  const sample = fromJsonSchema(jsonSchemaOf(schema), named)
  const parsed = schema.safeParse(sample)
  if (!parsed.success) throw new TypeError(`No sample was found: ${JSON.stringify(sample)} ${parsed.error.message}`)
  return sample
}

export interface JsonSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly default?: unknown
}

/** Walks ask for each contract's a hundred times, and making one costs more than a request. */
const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>()

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = jsonSchemas.get(schema)
  // The parts that are read here.
  const made = known ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
  if (!known) jsonSchemas.set(schema, made)
  return made
}

function fromJsonSchema(schema: JsonSchema, named: Named): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null')
  if (choice) return fromJsonSchema(choice, named)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
          if (name in named && isOfKind(property, named[name])) return [[name, named[name]]]
          return schema.required?.includes(name) && property.default === undefined ? [[name, fromJsonSchema(property, named)]] : []
        }),
      )
    case 'array':
      return []
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    default:
      return 'text'
  }
}

/** A name can mean a text in one body, an object in another, and one of a few words in a third. */
const isOfKind = (schema: JsonSchema, value: unknown): boolean => {
  if (schema.enum) return schema.enum.includes(value)
  return schema.type === undefined || (schema.type === 'object') === (typeof value === 'object' && !Array.isArray(value))
}
