import { STATUS_CODES } from 'node:http'
import { AppError } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toAppError } from '../../http/errors.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import { type ByteHold, receiveBody } from './receive-body.ts'
import type { WebhookService } from './webhook.service.ts'
import type { WebhookRequest } from './webhook-call.ts'
import type { WebhookReply } from './webhook-reply.ts'
import { webhookUrls } from './webhook-urls.ts'

export interface WebhookRouteDependencies {
  readonly webhooks: WebhookService
  readonly logger: Logger
  readonly maxBytes: number
  /** Memory for all bodies that are being held. */
  readonly budget: ByteHold
  readonly baseUrl: string | undefined
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * `/triggers/webhook/...` (service-api 6.2). What these take and answer is up to whoever made the workflow, so they stand beside the
 * contracts of our own routes: bodies of any kind, and errors in the form that Dify gives them here.
 */
export function mountWebhooks(server: FastifyInstance, { webhooks, logger, maxBytes, budget, baseUrl }: WebhookRouteDependencies): void {
  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<WebhookRequest> => ({
    method: request.method,
    headers: request.headers,
    query: request.url.split('?').slice(1).join('?'),
    bytes: await receiveBody(request, reply, { maxBytes, budget }),
  })
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Bodies are read as bytes, once it is known what for.
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.setErrorHandler(async (error, request, reply) => {
      const known = toAppError(error)
      if (!known)
        logger.error({ err: error, traceId: request.id, route: request.routeOptions.url }, 'A call to a webhook failed unexpectedly')
      await sendError(known ?? new AppError('unknown'), request, reply)
    })
    scope.route<{ Params: { token: string } }>({
      method: methods,
      url: '/triggers/webhook/:token',
      handler: async (request, reply) => {
        const webhook = await webhooks.open(request.params.token)
        await send(reply, await webhooks.start(webhook, await receive(request, reply)))
      },
    })
    scope.route<{ Params: { token: string } }>({
      method: methods,
      url: '/triggers/webhook-debug/:token',
      handler: async (request, reply) => {
        const { token } = request.params
        const webhook = await webhooks.openDraft(token)
        const answer = await webhooks.deliver(webhook, await receive(request, reply))
        if (answer) return send(reply, answer)
        await reply.code(409).send({
          error: 'No active debug listener',
          message:
            'Nobody waits for this call. Start a test run of the workflow in the console, then call again; callers of what is published use execution_url.',
          execution_url: webhookUrls(baseUrl ?? requestOrigin(request), token).live,
        })
      },
    })
  })
}

async function send(reply: FastifyReply, { status, body }: WebhookReply): Promise<void> {
  reply.code(status)
  if (body === undefined) await reply.send()
  else await reply.type('application/json').send(body)
}

async function sendError(error: AppError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.sent) return
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
  // What was not read must not be taken for the next request.
  if (!request.raw.complete) reply.header('connection', 'close')
  const title = error.status === 500 ? 'Internal server error' : (STATUS_CODES[error.status] ?? 'Error')
  await reply.code(error.status).send({ error: title, message: error.message })
}
