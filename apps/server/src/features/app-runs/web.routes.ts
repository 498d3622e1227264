import { AppError, webChatRoutes as chat, webCompletionRoutes as completion, type ResponseMode } from '@trellis/contracts'
import { fromJsonText } from '@trellis/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PassportActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { Asker } from '../models/index.ts'
import type { Ask } from '../runs/index.ts'
import type { TurnRequest } from '../turns/index.ts'
import { assertMode, chatModes } from './app-runs.service.ts'
import { endUserAsTalker } from './chatflows.ts'
import { readAsk } from './read-ask.ts'
import { respondWithRun, respondWithTurn } from './respond.ts'
import type { RunRouteDependencies } from './service.routes.ts'

const askerOf = ({ endUser }: PassportActor): Asker => ({ endUserId: endUser.id, accountId: null, apiKeyId: null })

interface WebCall {
  readonly actor: PassportActor
  readonly mode: ResponseMode
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** `/api`: runs by visitors of a published page. */
export function mountWebRunRoutes(mount: Mount, dependencies: RunRouteDependencies): void {
  const { appRuns, respond, getPublishedConfig, chatflows } = dependencies
  mount(chat.sendWebChatMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, chatModes, 'not_chat_app')
    const call = { actor, mode: body.response_mode, request, reply }
    if (app.mode === 'advanced-chat') {
      const talker = endUserAsTalker(actor.endUser, null)
      return chatflows.send({ app, talker, body, invokeFrom: 'web-app', ask: askOf(call), detail: 'simple', request, reply })
    }
    return answerTurn(dependencies, call, {
      ...askerOf(actor),
      ...body,
      app,
      config: await getPublishedConfig(app),
      arrivedAt,
      invokeFrom: 'web-app',
      conversationId: body.conversation_id,
      parentMessageId: body.parent_message_id,
      autoGenerateName: false,
    })
  })
  mount(completion.sendWebCompletionMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, ['completion'], 'not_completion_app')
    return answerTurn(
      dependencies,
      { actor, mode: body.response_mode, request, reply },
      {
        ...askerOf(actor),
        ...body,
        app,
        config: await getPublishedConfig(app),
        arrivedAt,
        invokeFrom: 'web-app',
        conversationId: undefined,
        parentMessageId: undefined,
        autoGenerateName: false,
      },
    )
  })
  mount(completion.generateMoreLikeThis).to(async ({ actor, params, query, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, ['completion'], 'not_completion_app')
    const config = await getPublishedConfig(app)
    if (!config.value.more_like_this?.enabled) throw new AppError('app_more_like_this_disabled')
    const { message } = await appRuns.getMessageRun(app, params.message_id, askerOf(actor))
    return answerTurn(
      dependencies,
      { actor, mode: query.response_mode, request, reply },
      {
        ...askerOf(actor),
        app,
        config,
        arrivedAt,
        invokeFrom: 'web-app',
        inputs: fromJsonText(message.inputs),
        query: message.query,
        files: await appRuns.listFiles(message),
        conversationId: undefined,
        parentMessageId: undefined,
        autoGenerateName: false,
      },
    )
  })
  mount(chat.stopWebChatMessage).to(async ({ actor, params }) => {
    assertMode(actor.app, chatModes, 'not_chat_app')
    await appRuns.stop(actor.app, params.task_id, askerOf(actor))
    return { result: 'success' }
  })
  mount(completion.stopWebCompletionMessage).to(async ({ actor, params }) => {
    assertMode(actor.app, ['completion'], 'not_completion_app')
    await appRuns.stop(actor.app, params.task_id, askerOf(actor))
    return { result: 'success' }
  })
  mount(chat.resumeWebMessageEvents).to(async ({ actor, params, request, reply }) => {
    const { app } = actor
    const talker = endUserAsTalker(actor.endUser, null)
    const run = await appRuns.getFollowableRun(app, params.message_id, talker)
    if (run.kind === 'chatflow') return chatflows.follow({ app, talker, run, detail: 'simple', request, reply })
    return respondWithRun(respond, { run, detail: 'simple', request, reply })
  })
}

/** What is answered whole is not asked for under a name: there is nothing to go on with. */
const askOf = ({ actor, mode, request }: WebCall): Ask | undefined => (mode === 'streaming' ? readAsk(request, actor) : undefined)

async function answerTurn(
  { appRuns, respond }: RunRouteDependencies,
  call: WebCall,
  asked: Omit<TurnRequest, 'claim'>,
): Promise<Awaited<ReturnType<typeof respondWithTurn>>> {
  const { mode, request, reply } = call
  const { started, run } = await appRuns.beginOnce(askOf(call), (claim) => appRuns.start({ ...asked, claim }))
  if (run) return respondWithRun(respond, { run, detail: 'simple', request, reply })
  return respondWithTurn(respond, { turn: started, mode, detail: 'simple', request, reply })
}
