import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { BasePaths } from '@trellis/config'
import { AppError, isDependencyAway, type RouteContract } from '@trellis/contracts'
import { randomHex } from '@trellis/kit'
import type { Logger } from '@trellis/spec'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createPathRewriter } from './base-path.ts'
import { isLeaving } from './caller-signal.ts'
import { answerClientError } from './client-errors.ts'
import { allowCrossOrigin, type CorsOptions } from './cors.ts'
import { toAppError } from './errors.ts'
import { acceptJsonBodies } from './json-body.ts'
import { answerHeaders, secureHeaders } from './page-headers.ts'

export interface HttpServerOptions {
  readonly logger: Logger
  /** `X-Version` and `X-Env` on every answer. */
  readonly version: string
  readonly environment: string
  readonly cors: CorsOptions
  readonly trustProxy: boolean
  /** Absent: nothing stands before our own paths. */
  readonly basePaths?: BasePaths
  /** The console is reached by https only. */
  readonly isSecure?: boolean
  readonly maxBodyBytes: number
  /** Longest time that a request may take to arrive whole. */
  readonly requestTimeoutMs: number
  /** Tests: an error that the route's contract does not list is a failure of the route. */
  readonly isStrict: boolean
  /** Of a service that is away: its absence is told elsewhere; absent: it never is. */
  readonly isToldAway?: (error: unknown) => boolean
  readonly onResponse?: (seen: {
    readonly route: string
    readonly method: string
    readonly status: number
    readonly seconds: number
  }) => void
}

/** Codes that any guarded, parsed route may answer without listing them. */
const ambientCodes: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_param',
  'bad_request',
  'unsupported_media_type',
  'request_entity_too_large',
  'request_timeout',
  'method_not_allowed',
  'too_many_requests',
  'not_setup',
  'web_sso_auth_required',
  'web_app_access_denied',
  'app_not_found',
  'app_unavailable',
  'account_not_link_tenant',
  'unauthorized_and_force_logout',
  'account_banned',
  'service_unavailable',
  'dependency_unavailable',
  'internal_server_error',
  'unknown',
])

/** How long closing waits for requests that are still arriving and answers that are still being read. */
const CLOSE_GRACE_MS = 5_000

/** The bare server: parsing, headers, errors. Routes are mounted on it by their features. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    bodyLimit: options.maxBodyBytes,
    requestTimeout: options.requestTimeoutMs,
    http: {
      headersTimeout: Math.min(options.requestTimeoutMs, 60_000),
      // How often it is looked whether one took too long: twice within the time, or late requests would stay much longer than it.
      connectionsCheckingInterval: Math.min(30_000, Math.ceil(options.requestTimeoutMs / 2)),
    },
    clientErrorHandler: answerClientError,
    // Addresses that cannot be read get no further than the router.
    frameworkErrors: (error, request, reply) => void sendError(toAppError(error) ?? new AppError('bad_request'), request, reply),
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    // The nearest proxy wrote the last entry; what stands before it may be anybody's invention.
    trustProxy: options.trustProxy && ((_address, hop) => hop === 0),
    ...(options.basePaths && { rewriteUrl: createPathRewriter(options.basePaths) }),
    routerOptions: { maxParamLength: 2048, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    genReqId: (request) => traceId(request.headers['x-trace-id']) ?? randomHex(16),
  })
  server.decorate('basePath', options.basePaths?.all ?? '')
  acceptJsonBodies(server)
  await server.register(cookie)
  await server.register(multipart, {
    throwFileSizeLimit: true,
    // Names arrive as they were sent: a path in one is refused, not silently cut.
    preservePath: true,
    limits: { files: 10, fields: 50, fieldSize: 1_000_000 },
  })
  addHeaders(server, options)
  allowCrossOrigin(server, options.cors)
  answerErrors(server, options)
  observe(server, options)
  letGoWhenClosing(server)
  return server
}

function traceId(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header
  return value && /^[\w-]{1,128}$/.test(value) ? value : undefined
}

function addHeaders(server: FastifyInstance, { version, environment, isSecure }: HttpServerOptions): void {
  const protection = isSecure ? { ...answerHeaders, ...secureHeaders } : answerHeaders
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-version', version).header('x-env', environment).header('x-trace-id', request.id)
    reply.headers(protection)
    // No page of another site may read what it means for the console, as a picture or a script.
    if (request.url.startsWith('/console/api/')) reply.header('cross-origin-resource-policy', 'same-origin')
    done()
  })
}

function answerErrors(server: FastifyInstance, options: HttpServerOptions): void {
  server.setNotFoundHandler(async (request, reply) => {
    await sendError(
      new AppError('not_found', { message: `There is no ${request.method} ${request.url.split('?')[0]} here.` }),
      request,
      reply,
    )
  })
  server.setErrorHandler(async (error, request, reply) => {
    const known = toAppError(error)
    if ((!known || known.entry.kind === 'unexpected') && !isLeaving(error, reply)) {
      options.logger.error({ err: error, traceId: request.id, route: request.routeOptions.url }, 'Request failed unexpectedly')
    }
    // One that answers and yet refuses is told of by nobody else.
    if (isDependencyAway(error) && !options.isToldAway?.(error)) {
      options.logger.warn(
        { err: error, traceId: request.id, route: request.routeOptions.url },
        'A request was refused for want of a service',
      )
    }
    const answer = known ?? new AppError('unknown')
    if (options.isStrict) assertDeclared(answer, request.routeOptions.config.contract)
    await sendError(answer, request, reply)
  })
}

function assertDeclared(error: AppError, contract: RouteContract | undefined): void {
  if (!contract || ambientCodes.has(error.code) || contract.errors?.includes(error.code)) return
  throw new TypeError(`${contract.method} ${contract.path} answered ${error.code}, which its contract does not list`)
}

async function sendError(error: AppError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.sent) return
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
  const { contract } = request.routeOptions.config
  await reply
    .code(contract?.errorStatus?.[error.code] ?? error.status)
    .type('application/json')
    .send(contract?.errorBody?.(error) ?? error.toBody())
}

/**
 * Closing ends idle connections only; one that answers at that moment would be kept alive afterwards, and waited for, a minute long.
 * Those that browsers open ahead count as busy until their first request has been answered.
 */
function letGoWhenClosing(server: FastifyInstance): void {
  let isClosing = false
  const unused = new Set<Socket>()
  server.server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.addHook('preClose', async () => {
    isClosing = true
    for (const socket of unused) if (socket.bytesRead === 0) socket.destroy()
    // A request that never ends, or a reader that never reads, must not keep the server from going.
    setTimeout(() => server.server.closeAllConnections(), CLOSE_GRACE_MS).unref()
  })
  server.server.on('request', ({ socket }, response) => {
    unused.delete(socket)
    response.once('finish', () => {
      if (isClosing) socket.destroySoon()
    })
  })
}

function observe(server: FastifyInstance, { onResponse, logger }: HttpServerOptions): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)'
    onResponse?.({ route, method: request.method, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
    logger.debug(
      { traceId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'Request',
    )
    done()
  })
}
