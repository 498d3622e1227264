import { AppError, webChatRoutes as chat, webCompletionRoutes as completion } from '@trellis/contracts'
import { fromJsonText } from '@trellis/db'
import type { PassportActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { assertMode, chatModes, type RunOwner } from './app-runs.service.ts'
import { respondWithRun, respondWithTurn } from './respond.ts'
import type { RunRouteDependencies } from './service.routes.ts'

const ownerOf = ({ endUser }: PassportActor): RunOwner => ({ endUserId: endUser.id, accountId: null })

/** `/api`: runs by visitors of a published page. */
export function mountWebRunRoutes(mount: Mount, { appRuns, respond, getPublishedConfig }: RunRouteDependencies): void {
  mount(chat.sendWebChatMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, chatModes, 'not_chat_app')
    const turn = await appRuns.start({
      ...ownerOf(actor),
      ...body,
      app,
      config: await getPublishedConfig(app),
      arrivedAt,
      invokeFrom: 'web-app',
      conversationId: body.conversation_id,
      parentMessageId: body.parent_message_id,
      autoGenerateName: false,
    })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'simple', request, reply })
  })
  mount(completion.sendWebCompletionMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, ['completion'], 'not_completion_app')
    const turn = await appRuns.start({
      ...ownerOf(actor),
      ...body,
      app,
      config: await getPublishedConfig(app),
      arrivedAt,
      invokeFrom: 'web-app',
      conversationId: undefined,
      parentMessageId: undefined,
      autoGenerateName: false,
    })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'simple', request, reply })
  })
  mount(completion.generateMoreLikeThis).to(async ({ actor, params, query, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, ['completion'], 'not_completion_app')
    const config = await getPublishedConfig(app)
    if (!config.value.more_like_this?.enabled) throw new AppError('app_more_like_this_disabled')
    const { message } = await appRuns.getMessageRun(app, params.message_id, ownerOf(actor))
    const turn = await appRuns.start({
      ...ownerOf(actor),
      app,
      config,
      arrivedAt,
      invokeFrom: 'web-app',
      inputs: fromJsonText(message.inputs),
      query: message.query,
      files: [],
      conversationId: undefined,
      parentMessageId: undefined,
      autoGenerateName: false,
    })
    return respondWithTurn(respond, { turn, mode: query.response_mode, detail: 'simple', request, reply })
  })
  mount(chat.stopWebChatMessage).to(async ({ actor, params }) => {
    assertMode(actor.app, chatModes, 'not_chat_app')
    await appRuns.stop(actor.app, params.task_id, ownerOf(actor))
    return { result: 'success' }
  })
  mount(completion.stopWebCompletionMessage).to(async ({ actor, params }) => {
    assertMode(actor.app, ['completion'], 'not_completion_app')
    await appRuns.stop(actor.app, params.task_id, ownerOf(actor))
    return { result: 'success' }
  })
  mount(chat.resumeWebMessageEvents).to(async ({ actor, params, request, reply }) => {
    const run = await appRuns.getFollowableRun(actor.app, params.message_id, ownerOf(actor))
    return respondWithRun(respond, { run, detail: 'simple', request, reply })
  })
}
