import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export interface CorsOptions {
  /** Origins that may call the console API with cookies; `*` is never combined with credentials. */
  readonly consoleOrigins: readonly string[]
  /** Origins that may call the web-app API. */
  readonly webOrigins: readonly string[]
}

interface CorsRule {
  readonly prefix: string
  readonly origins: readonly string[]
  readonly isCredentialed: boolean
  readonly headers: string
}

const EXPOSED = 'X-Version, X-Env, X-Trace-Id'
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
const MAX_AGE_SECONDS = '600'

/** Cross-origin rules by surface (runtime 8.6). */
export function allowCrossOrigin(server: FastifyInstance, options: CorsOptions): void {
  const rules: readonly CorsRule[] = [
    {
      prefix: '/v1',
      origins: ['*'],
      isCredentialed: false,
      headers: 'Content-Type, X-App-Code, X-App-Passport, Authorization, Last-Event-ID, X-Stream-Ids',
    },
    {
      prefix: '/console/api',
      origins: options.consoleOrigins,
      isCredentialed: true,
      headers: 'Content-Type, X-App-Code, X-App-Passport, Authorization, X-CSRF-Token, Last-Event-ID, X-Stream-Ids, X-Interface-Language',
    },
    {
      prefix: '/api',
      origins: options.webOrigins,
      isCredentialed: true,
      headers: 'Content-Type, X-App-Code, X-App-Passport, Authorization, X-CSRF-Token, Last-Event-ID, X-Stream-Ids, X-Ask-Id',
    },
    { prefix: '/triggers', origins: ['*'], isCredentialed: false, headers: 'Content-Type, Authorization, X-App-Code' },
    { prefix: '/files', origins: ['*'], isCredentialed: false, headers: 'Content-Type, X-App-Code, X-App-Passport, X-CSRF-Token' },
  ]
  server.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers
    const rule = origin && rules.find(({ prefix }) => request.url.startsWith(`${prefix}/`) || request.url === prefix)
    if (rule) applyRule(rule, origin, reply)
    if (rule && isPreflight(request)) answerPreflight(rule, reply)
    else done()
  })
}

const isPreflight = (request: FastifyRequest): boolean => request.method === 'OPTIONS' && 'access-control-request-method' in request.headers

function applyRule(rule: CorsRule, origin: string, reply: FastifyReply): void {
  reply.header('vary', 'Origin')
  const isListed = rule.origins.includes(origin)
  if (!isListed && !rule.origins.includes('*')) return
  // An origin that was not named gets no credentials, whatever the wildcard says.
  reply.header('access-control-allow-origin', isListed ? origin : '*')
  if (isListed && rule.isCredentialed) reply.header('access-control-allow-credentials', 'true')
  reply.header('access-control-expose-headers', EXPOSED)
}

function answerPreflight(rule: CorsRule, reply: FastifyReply): void {
  reply.header('access-control-allow-methods', METHODS)
  reply.header('access-control-allow-headers', rule.headers)
  reply.header('access-control-max-age', MAX_AGE_SECONDS)
  reply.code(204).send()
}
