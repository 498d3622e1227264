import type { z } from 'zod'
import type { AppError } from '../errors/app-error.ts'
import type { ErrorCode } from '../errors/catalog.ts'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Where a route lives: Service API `/v1`, console `/console/api`, published apps `/api`, signed files `/files`, or the root. */
export type Surface = 'service' | 'console' | 'web' | 'files' | 'system'

export const surfacePrefix: Record<Surface, string> = { service: '/v1', console: '/console/api', web: '/api', files: '/files', system: '' }

export type Role = 'owner' | 'admin' | 'editor' | 'normal' | 'dataset_operator'

/**
 * Who may call a route.
 * `session`: a signed-in account; `roles` names those it takes (all where absent). `app-key`, `passport`: see service-api 0.2, 5.1.
 * `setup`: nobody is signed in yet. `public`: anyone.
 */
export type RouteAuth =
  | { readonly type: 'public' }
  | { readonly type: 'session'; readonly roles?: readonly Role[] }
  | { readonly type: 'app-key' }
  | { readonly type: 'passport' }

export interface RouteContract {
  readonly surface: Surface
  readonly method: HttpMethod
  /** Path below the surface's prefix, parameters as `:name` (`*name` for one that may hold slashes). */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly auth: RouteAuth
  /** Calls of one network address are counted, and refused with 429 beyond what the budget allows. */
  readonly addressBudget?: 'sign-in' | 'setup' | 'passport' | 'form' | 'mail'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** JSON body. */
  readonly body?: z.ZodType
  /** Takes its JSON as `text/plain` too: browsers can send nothing else while a page is being left. */
  readonly isBeacon?: true
  /** Body of another kind, parsed by the handler. */
  readonly rawBody?: 'multipart'
  /** JSON responses by status; `null` is an empty body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>
  /** Set where the route may answer with something other than JSON. */
  readonly produces?: 'event-stream' | 'binary' | 'audio' | 'text'
  /** Data of the stream's frames, where it answers with one. */
  readonly events?: z.ZodType
  /** Where Dify answers this route's errors in another shape than `{code, message, status}` (service-api 3.1). */
  readonly errorBody?: (error: AppError) => object
  readonly errorStatus?: Partial<Record<ErrorCode, number>>
  /** Codes that this route answers beyond those of its guard (401, 403, `invalid_param`, ...). */
  readonly errors?: readonly ErrorCode[]
}

/** Declares one route, once: handler types, parsing, stripping, the client and OpenAPI all follow from it. */
export function defineRoute<const T extends RouteContract>(contract: T): T {
  return contract
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined
type Input<T> = T extends z.ZodType ? z.input<T> : undefined

export type ParamsOf<T extends RouteContract> = Output<T['params']>
export type QueryOf<T extends RouteContract> = Output<T['query']>
/** One frame of a route's event stream. */
export type EventOf<T extends RouteContract> = Output<T['events']>
export type BodyOf<T extends RouteContract> = Output<T['body']>
export type BodyInputOf<T extends RouteContract> = Input<T['body']>
export type QueryInputOf<T extends RouteContract> = Input<T['query']>
/** What the handler hands over: the input side of the success schema, because the mount parses (strips and defaults) it. */
export type ResponseInputOf<T extends RouteContract> = {
  [S in keyof T['responses']]: T['responses'][S] extends z.ZodType ? z.input<T['responses'][S]> : null
}[keyof T['responses']]
export type ResponseOf<T extends RouteContract> = {
  [S in keyof T['responses']]: T['responses'][S] extends z.ZodType ? z.output<T['responses'][S]> : null
}[keyof T['responses']]
