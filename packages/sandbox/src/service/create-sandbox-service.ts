import { timingSafeEqual } from 'node:crypto'
import type { Logger, ProgramOutcome, ProgramRunner } from '@trellis/spec'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'

export interface SandboxServiceOptions {
  readonly runner: ProgramRunner
  readonly apiKey: string
  /** Requests at a time, waiting ones included; more are turned away. */
  readonly maxRequests: number
  /** Whether a request's `preload` is honoured. */
  readonly allowsPreload: boolean
  readonly pythonPackages: () => Promise<readonly { readonly name: string; readonly version: string }[]>
  readonly bodyMaxBytes: number
  readonly logger: Logger
}

const runRequest = z.object({
  language: z.string(),
  code: z.string(),
  preload: z.string().nullish(),
  enable_network: z.boolean().nullish(),
})

const languages = ['python3', 'nodejs'] as const

/** Code as 0 and "success", or a negative code; the shape of every answer of dify-sandbox (runtime 10). */
const success = (data: unknown) => ({ code: 0, message: 'success', data })
const failure = (code: number, message: string) => ({ code, message, data: null })

/** dify-sandbox's HTTP API over a runner of ours. */
export function createSandboxService(options: SandboxServiceOptions): FastifyInstance {
  const app = Fastify({ bodyLimit: options.bodyMaxBytes, forceCloseConnections: true })
  let active = 0

  app.setErrorHandler((error: { readonly statusCode?: number; readonly message: string }, _, reply) => {
    const isTheirs = error.statusCode !== undefined && error.statusCode < 500
    if (!isTheirs) options.logger.error({ err: error }, 'A request to the sandbox failed')
    return reply.code(isTheirs ? 200 : 500).send(isTheirs ? failure(-400, error.message) : failure(-500, 'internal error'))
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send(failure(-404, 'There is no such route.')))
  app.get('/health', (_, reply) => reply.type('application/json').send('"ok"'))

  app.register(
    async (guarded) => {
      guarded.addHook('onRequest', async (request, reply) => {
        if (!isSameKey(request.headers['x-api-key'], options.apiKey)) return reply.code(401).send()
      })
      guarded.post('/run', async (request, reply) => {
        const parsed = runRequest.safeParse(request.body)
        if (!parsed.success) return failure(-400, `The body is not right: ${z.prettifyError(parsed.error)}`)
        const { code, preload, enable_network: enableNetwork } = parsed.data
        const language = languages.find((known) => known === parsed.data.language)
        if (!language) return reply.code(400).send(failure(-400, 'unsupported language'))
        if (active >= options.maxRequests) return reply.code(503).send(failure(-503, 'Too many requests'))
        active += 1
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        try {
          const outcome = await options.runner.run(
            { language, code, enableNetwork: enableNetwork === true, ...(options.allowsPreload && preload ? { preload } : {}) },
            gone.signal,
          )
          return outcome.failure?.kind === 'unavailable' ? failure(-500, outcome.failure.message) : success(toData(outcome))
        } finally {
          active -= 1
        }
      })
      const listPackages = async (language: unknown) => {
        if (language !== 'python3') return failure(-400, 'unsupported language')
        return success({ dependencies: await options.pythonPackages() })
      }
      // Packages are the operator's, named by SANDBOX_PYTHON_PACKAGES: an update installs nothing, it looks again.
      guarded.get<{ Querystring: { language?: unknown } }>('/dependencies', ({ query }) => listPackages(query.language))
      guarded.get<{ Querystring: { language?: unknown } }>('/dependencies/refresh', ({ query }) => listPackages(query.language))
      guarded.post<{ Body: { language?: unknown } | null }>('/dependencies/update', ({ body }) => listPackages(body?.language))
    },
    { prefix: '/v1/sandbox' },
  )
  return app
}

function isSameKey(given: string | readonly string[] | undefined, expected: string): boolean {
  const left = Buffer.from(typeof given === 'string' ? given : '')
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** `error` is empty where all went well: Dify takes anything in it for a failure of the code. */
function toData({ stdout, stderr, exitCode, failure: failed }: ProgramOutcome) {
  return { stdout, stderr, error: failed ? describeError(failed, exitCode, stderr) : '', exit_code: exitCode ?? -1 }
}

function describeError(failed: { readonly kind: string; readonly message: string }, exitCode: number | undefined, stderr: string): string {
  if (failed.kind === 'timeout') return 'error: timeout'
  if (failed.kind === 'user-error' || exitCode !== undefined)
    return `process exited with code ${exitCode ?? -1}${stderr.trim() === '' ? '' : `: ${stderr.trim()}`}`
  return `error: ${failed.message}`
}
