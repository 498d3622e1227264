import { z } from 'zod'
import { type ErrorCode, errorCatalog } from '../errors/catalog.ts'
import { type RouteAuth, type RouteContract, type Surface, surfacePrefix } from '../routes/define-route.ts'
import { componentSchemas } from './component-schemas.ts'
import { createSchemaWriter, type JsonSchema, type SchemaWriter } from './schema-writer.ts'

export interface OpenApiInfo {
  readonly title: string
  readonly version: string
  readonly description?: string
  /** Where the server is reached, without a path; relative where absent. */
  readonly origin?: string
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>
  }
}

/** Describes one surface from its contracts. Pure: the same routes give the same document. */
export function buildOpenApi(surface: Surface, routes: readonly RouteContract[], info: OpenApiInfo): OpenApiDocument {
  const ours = routes.filter((route) => route.surface === surface)
  const writer = createSchemaWriter(componentSchemas)
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of ours) {
    const path = route.path.replaceAll(/[:*](\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeOperation(route, writer) }
  }
  const schemes = new Set(ours.map((route) => route.auth.type))
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, ...(info.description === undefined ? {} : { description: info.description }) },
    servers: [{ url: `${info.origin ?? ''}${surfacePrefix[surface]}` || '/' }],
    tags: [...new Set(ours.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...writer.components(), Error: errorSchema },
      securitySchemes: Object.fromEntries(
        Object.entries(securitySchemes)
          .filter(([, scheme]) => schemes.has(scheme.for))
          .map(toScheme),
      ),
    },
  }
}

function describeOperation(route: RouteContract, writer: SchemaWriter): JsonSchema {
  const body = describeBody(route, writer)
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    security: security(route.auth),
    parameters: [...parameters('path', route.params, writer), ...parameters('query', route.query, writer), ...streamParameters(route)],
    ...(body ? { requestBody: body } : {}),
    responses: { ...describeAnswers(route, writer), ...describeErrors(route) },
  }
}

function operationId(route: RouteContract): string {
  const words = route.path.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return [route.method.toLowerCase(), ...words.map((word) => word[0]?.toUpperCase() + word.slice(1))].join('')
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined, writer: SchemaWriter): JsonSchema[] {
  if (!schema) return []
  const { properties, required } = objectSchema.parse(writer.input(schema))
  return Object.entries(properties).map(([name, child]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: child,
  }))
}

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).default([]) })

function streamParameters(route: RouteContract): JsonSchema[] {
  if (route.produces !== 'event-stream') return []
  const ids = {
    name: 'X-Stream-Ids',
    in: 'header',
    required: false,
    description: '1 asks for an id on each frame.',
    schema: { type: 'string' },
  }
  const last = { name: 'Last-Event-ID', in: 'header', required: false, description: 'Go on after this frame.', schema: { type: 'string' } }
  return route.method === 'GET' ? [ids, last] : [ids]
}

const upload = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, user: { type: 'string' }, source: { type: 'string' } },
}

function describeBody(route: RouteContract, writer: SchemaWriter): JsonSchema | undefined {
  if (route.rawBody === 'multipart') return { required: true, content: { 'multipart/form-data': { schema: upload } } }
  if (!route.body) return undefined
  return { required: true, content: { 'application/json': { schema: writer.input(route.body) } } }
}

function describeAnswers(route: RouteContract, writer: SchemaWriter): JsonSchema {
  const answers = Object.entries(route.responses).map(([status, schema]) => {
    const content = {
      ...(schema ? { 'application/json': { schema: writer.output(schema) } } : {}),
      ...otherContent(route, Number(status), writer),
    }
    const description = Number(status) < 300 ? 'Success' : 'Not now'
    return [status, Object.keys(content).length > 0 ? { description, content } : { description }] as const
  })
  return Object.fromEntries(answers)
}

function otherContent(route: RouteContract, status: number, writer: SchemaWriter): JsonSchema {
  if (status !== 200) return {}
  switch (route.produces) {
    case 'event-stream':
      return {
        'text/event-stream': { schema: { type: 'string' }, ...(route.events ? { 'x-event-schema': writer.output(route.events) } : {}) },
      }
    case 'binary':
      return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    case 'audio':
      return { 'audio/mpeg': { schema: { type: 'string', format: 'binary' } } }
    case 'text':
      return { 'text/plain': { schema: { type: 'string' } } }
    default:
      return {}
  }
}

const guardErrors: Readonly<Record<RouteAuth['type'], readonly ErrorCode[]>> = {
  public: [],
  session: ['unauthorized'],
  'app-key': ['unauthorized', 'forbidden'],
  passport: ['unauthorized', 'bad_request', 'not_found'],
}

function describeErrors(route: RouteContract): JsonSchema {
  const takesInput = route.params ?? route.query ?? route.body
  const isRestricted = route.auth.type === 'session' && route.auth.roles !== undefined
  const codes = new Set<ErrorCode>([
    ...(takesInput ? (['invalid_param'] as const) : []),
    ...guardErrors[route.auth.type],
    ...(isRestricted ? (['forbidden'] as const) : []),
    ...(route.errors ?? []),
    'internal_server_error',
  ])
  const byStatus = Map.groupBy(codes, (code) => route.errorStatus?.[code] ?? errorCatalog[code].status)
  const schema = route.errorBody ? { type: 'object' } : { $ref: '#/components/schemas/Error' }
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      String(status),
      {
        description: some.map((code) => `\`${code}\`: ${errorCatalog[code].message}`).join('\n\n'),
        content: { 'application/json': { schema } },
      },
    ]),
  )
}

const errorSchema: JsonSchema = {
  type: 'object',
  required: ['code', 'message', 'status'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    status: { type: 'integer' },
    params: { type: 'string', description: 'The offending field, where there is one.' },
    details: {
      type: 'object',
      description: 'What the message says, for whoever words it in another language: a reason, and the names and figures of its sentence.',
      required: ['reason', 'values'],
      properties: { reason: { type: 'string' }, values: { type: 'object', additionalProperties: { type: ['string', 'number'] } } },
    },
  },
}

interface SecurityScheme extends JsonSchema {
  readonly for: RouteAuth['type']
}

const securitySchemes: Readonly<Record<string, SecurityScheme>> = {
  appKey: { for: 'app-key', type: 'http', scheme: 'bearer', description: 'An API key of one app.' },
  session: { for: 'session', type: 'apiKey', in: 'cookie', name: 'access_token' },
  csrf: { for: 'session', type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'The value of the csrf_token cookie.' },
  passport: {
    for: 'passport',
    type: 'apiKey',
    in: 'header',
    name: 'X-App-Passport',
    description: 'What GET /passport gave, with X-App-Code.',
  },
}

function toScheme([name, { for: _, ...scheme }]: [string, SecurityScheme]): [string, JsonSchema] {
  return [name, scheme]
}

/** All schemes of one requirement must be met together. */
function security(auth: RouteAuth): JsonSchema[] {
  const names = Object.entries(securitySchemes).filter(([, scheme]) => scheme.for === auth.type)
  return names.length === 0 ? [] : [Object.fromEntries(names.map(([name]) => [name, []]))]
}
