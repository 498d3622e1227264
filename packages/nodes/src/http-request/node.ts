import { EgressError, type EgressRequest, type NodeContext, type NodeOutcome } from '@trellis/spec'
import type { Selector } from '@trellis/variables'
import { defineNode } from '../define-node.ts'
import { inputsOfTemplates } from '../node-data.ts'
import { buildRequest } from './build-request.ts'
import { type HttpRequestConfig, httpRequestSchema } from './config.ts'
import { HttpRequestError } from './http-request-error.ts'
import { readResponse } from './read-response.ts'
import { renderWith } from './rendered.ts'

const MAX_REDIRECTS = 20

/** Asks a server for something (workflow spec 2.18). */
export const httpRequestNode = defineNode(
  {
    type: 'http-request',
    defaults: () => ({
      method: 'get',
      url: '',
      authorization: { type: 'no-auth', config: null },
      headers: '',
      params: '',
      body: { type: 'none', data: [] },
      ssl_verify: true,
      // Empty: as configured.
      timeout: {},
      retry_config: { retry_enabled: true, max_retries: 3, retry_interval: 100 },
    }),
    canRetry: true,
    config: httpRequestSchema,
    effect: ({ method }) => (method === 'GET' || method === 'HEAD' ? 'idempotent' : 'external'),
    inputs: inputsOf,
  },
  async (context) => {
    let processData = {}
    try {
      const { services, signal } = context
      const files = () => services.files
      const render = renderWith(context.variables)
      const { request, log } = await buildRequest(context.config, { render, variables: context.variables, files, signal })
      processData = { request: log }
      const response = await services.http.request({ ...request, ...howToSend(context) })
      const outputs = await readResponse(response, { limits: services.limits, files })
      return isFailure(response.status, context)
        ? { status: 'failed', error: `The server answered ${response.status}.`, errorType: 'HTTPResponseCodeError', outputs, processData }
        : { status: 'succeeded', outputs, processData }
    } catch (error) {
      context.signal.throwIfAborted()
      return { ...toFailure(error), processData }
    }
  },
)

/** Without anything that deals with failures, what the server answered is the workflow's business. */
const isFailure = (status: number, { hasErrorHandling }: NodeContext): boolean => hasErrorHandling && (status < 200 || status > 299)

function howToSend({ config, services, signal }: NodeContext<HttpRequestConfig>): Omit<EgressRequest, 'url'> {
  const { limits } = services
  const { method, timeout } = config
  if (method === 'OPTIONS') {
    throw new HttpRequestError('InvalidHttpMethodError', 'Requests of method OPTIONS are not sent. Choose another method in the node.')
  }
  const readTimeoutMs = within(timeout?.read, limits.httpReadTimeoutMs)
  return {
    method,
    policy: 'content',
    signal,
    maxRedirects: MAX_REDIRECTS,
    verifiesCertificate: config.ssl_verify ?? limits.httpVerifyTls,
    connectTimeoutMs: within(timeout?.connect, limits.httpConnectTimeoutMs),
    headersTimeoutMs: readTimeoutMs,
    idleTimeoutMs: readTimeoutMs,
    writeTimeoutMs: within(timeout?.write, limits.httpWriteTimeoutMs),
  }
}

const within = (seconds: number | null | undefined, mostMs: number): number =>
  seconds && seconds > 0 ? Math.min(seconds * 1000, mostMs) : mostMs

function toFailure(error: unknown): Extract<NodeOutcome, { status: 'failed' }> {
  if (error instanceof HttpRequestError) return { status: 'failed', error: error.message, errorType: error.errorType }
  if (error instanceof EgressError) return { status: 'failed', error: error.message, errorType: 'HttpRequestNodeError' }
  throw error
}

function inputsOf({ url, headers, params, authorization, body }: HttpRequestConfig): Readonly<Record<string, Selector>> {
  const items = body && body.type !== 'none' ? body.data : []
  const texts = items.flatMap(({ key, type, value }) => (type === 'text' ? [key, value] : [key]))
  const files = items.filter(({ file }) => file.length > 0)
  return {
    ...inputsOfTemplates(url, headers, params, authorization.config?.api_key ?? '', ...texts),
    ...Object.fromEntries(files.map(({ file }) => [`#${file.join('.')}#`, file])),
  }
}
