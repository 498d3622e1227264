import { z } from 'zod'

export type JsonSchema = { [key: string]: unknown }

export interface SchemaWriter {
  /** What a caller may send. */
  input(schema: z.ZodType): JsonSchema
  /** What the server answers. */
  output(schema: z.ZodType): JsonSchema
  /** Every named schema that was referred to so far. */
  components(): Record<string, JsonSchema>
}

/** Writes zod schemas as JSON Schema 2020-12 (OpenAPI 3.1), named ones once, under `#/components/schemas`. */
export function createSchemaWriter(named: Readonly<Record<string, z.ZodType>>): SchemaWriter {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const components: Record<string, JsonSchema> = {}

  const write = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const componentName = (id: string) => (io === 'input' ? `${id}Input` : id)
    const { $schema: _, $defs, ...body } = z.toJSONSchema(schema, { io, metadata: registry, target: 'draft-2020-12' })
    for (const [id, definition] of Object.entries($defs ?? {})) {
      components[componentName(id)] ??= pointToComponents(definition, componentName) as JsonSchema // an object goes in, so an object comes out
    }
    const id = registry.get(schema)?.id
    const written = pointToComponents(body, componentName) as JsonSchema // as above
    if (id === undefined) return written
    components[componentName(id)] ??= written
    return { $ref: `#/components/schemas/${componentName(id)}` }
  }

  return { input: (schema) => write(schema, 'input'), output: (schema) => write(schema, 'output'), components: () => sortKeys(components) }
}

const localReference = '#/$defs/'

function pointToComponents(value: unknown, componentName: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => pointToComponents(item, componentName))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
    if (key === '$ref' && typeof child === 'string' && child.startsWith(localReference)) {
      return [[key, `#/components/schemas/${componentName(child.slice(localReference.length))}`]]
    }
    // zod writes a named schema's own name into it; OpenAPI has no such key
    if (key === 'id' && typeof child === 'string') return []
    return [[key, pointToComponents(child, componentName)]]
  })
  return Object.fromEntries(entries)
}

function sortKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
