import {
  AppError,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  type ResponseInputOf,
  type RouteContract,
  surfacePrefix,
} from '@trellis/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Actor, ActorOf } from './actor.ts'
import { invalidParam } from './errors.ts'

/** What a handler gets: everything parsed, the caller known. */
export interface RouteContext<T extends RouteContract> {
  readonly actor: ActorOf<T['auth']>
  readonly params: ParamsOf<T>
  readonly query: QueryOf<T>
  readonly body: BodyOf<T>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Returned by a handler that has written (or goes on writing) the reply itself. */
export const handled: unique symbol = Symbol('handled')

/** A success of another status than the contract's first. */
export class Answer<T> {
  readonly status: number
  readonly body: T

  constructor(status: number, body: T) {
    this.status = status
    this.body = body
  }
}

export type RouteHandler<T extends RouteContract> = (
  context: RouteContext<T>,
) => Promise<ResponseInputOf<T> | Answer<ResponseInputOf<T>> | typeof handled>

/** Sees calls of the routes that it chooses: before the handler, and again with the answer once that succeeded. */
export type Witness = (
  contract: RouteContract,
) => ((call: WitnessedCall) => Promise<(answer: Answer<unknown>) => Promise<void>>) | undefined

/** A call as its witness sees it, with what the contract's schemas made of it. */
export interface WitnessedCall {
  readonly actor: Actor
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly request: FastifyRequest
}

/** Finds out who calls, or throws the error of `contract.auth`. */
export type Guard = (contract: RouteContract, request: FastifyRequest, reply: FastifyReply) => Promise<Actor>

/** `mount(contract).to(handler)`: two steps, because only then are the handler's literals checked against the contract's. */
export type Mount = <const T extends RouteContract>(contract: T) => { readonly to: (handler: RouteHandler<T>) => void }

/** Binds contracts to handlers on a server: guard, parse, handle, check the response, in this order. */
export function createMount(server: FastifyInstance, guard: Guard, witness?: Witness): Mount {
  return (contract) => ({
    to(handler) {
      const run = routeRunner(contract, handler, { guard, witness: witness?.(contract) })
      for (const path of expandPath(contract.path)) {
        server.route({
          method: contract.method,
          url: (surfacePrefix[contract.surface] + path.url).replace(/\/$/, '') || '/',
          handler: (request, reply) => run(request, reply, path.join),
          config: { contract },
        })
      }
    },
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    contract?: RouteContract
  }
}

type RawParams = Readonly<Record<string, string>>

interface Bystanders {
  readonly guard: Guard
  readonly witness: ReturnType<Witness>
}

function routeRunner<T extends RouteContract>(contract: T, handler: RouteHandler<T>, { guard, witness }: Bystanders) {
  const successStatus = Number(Object.keys(contract.responses).find((status) => Number(status) < 300) ?? 200)
  return async (request: FastifyRequest, reply: FastifyReply, joinParams: (params: RawParams) => RawParams): Promise<void> => {
    const actor = await guard(contract, request, reply)
    const context = {
      actor,
      params: parseParams(contract.params, joinParams(withoutNul(request, request.params) as RawParams)), // fastify's own are always strings
      query: parse(contract.query, withoutNul(request, request.query)),
      body: parseBody(contract, request),
      request,
      reply,
    } as RouteContext<T> // the guard answered for `actor`, the schemas for the rest
    const testify = await witness?.(context)
    const result = await handler(context)
    if (result === handled) return
    const answer = result instanceof Answer ? result : new Answer(successStatus, result)
    await testify?.(answer)
    const { status, body } = answer
    await send(contract, reply, status, body)
  }
}

/** As in bodies: no database stores NUL in text, and nobody means it. */
function withoutNul({ url }: FastifyRequest, values: unknown): unknown {
  if (!url.includes('%00')) return values
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('\u0000', '')
    return Array.isArray(value) ? value.map(clean) : value
  }
  return Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, clean(value)])) // both are plain objects
}

function parseBody(contract: RouteContract, request: FastifyRequest): unknown {
  if (!contract.body) return undefined
  if (request.body === undefined && request.headers['content-length'] && request.headers['content-length'] !== '0') {
    throw new AppError('unsupported_media_type')
  }
  return parse(contract.body, request.body ?? {})
}

/** A path that has something else where an id belongs leads nowhere, like one with an id that nothing has; Dify's router says the same. */
function parseParams(schema: z.ZodType | undefined, params: RawParams): unknown {
  const result = schema?.safeParse(params)
  if (!result || result.success) return result?.data
  const notAnId = result.error.issues.find((issue) => issue.code === 'invalid_format' && issue.format === 'guid')
  if (!notAnId) throw invalidParam(result.error)
  throw new AppError(notAnId.path[0] === 'app_id' ? 'app_not_found' : 'not_found', { cause: result.error })
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (!result.success) throw invalidParam(result.error)
  return result.data
}

async function send(contract: RouteContract, reply: FastifyReply, status: number, body: unknown): Promise<void> {
  const schema = contract.responses[status]
  if (schema === undefined) throw new TypeError(`${contract.method} ${contract.path} answered the undeclared status ${status}`)
  if (schema === null) {
    await reply.code(status).send()
    return
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    throw new TypeError(`${contract.method} ${contract.path} answered what its contract does not allow: ${parsed.error.message}`)
  }
  await reply.code(status).send(parsed.data)
}

/**
 * Provider ids hold slashes (`langgenius/openai/openai`), which the router cannot match in mid-path:
 * `*name` becomes one route with a single segment and one with three.
 */
function expandPath(path: string): readonly { readonly url: string; readonly join: (params: RawParams) => RawParams }[] {
  const wild = /\*(\w+)/.exec(path)
  if (!wild) return [{ url: path, join: (params) => params }]
  const [star, name = ''] = wild
  const parts = [1, 2, 3].map((part) => `${name}${part}`)
  return [
    { url: path.replace(star, `:${name}`), join: (params) => params },
    {
      url: path.replace(star, parts.map((part) => `:${part}`).join('/')),
      join: (params) => ({ ...params, [name]: parts.map((part) => params[part]).join('/') }),
    },
  ]
}
