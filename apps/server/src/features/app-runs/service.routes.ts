import { serviceChatRoutes as chat, serviceCompletionRoutes as completion } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { EndUsers } from '../end-users/index.ts'
import type { Asker } from '../models/index.ts'
import type { FindAnswerSpeech } from '../speech/index.ts'
import type { BasicConfig } from '../turns/index.ts'
import { type AppRuns, assertMode, chatModes } from './app-runs.service.ts'
import { type ChatflowDoor, endUserAsTalker, type Talker } from './chatflows.ts'
import { type RespondDependencies, respondWithRun, respondWithTurn } from './respond.ts'

export interface RunRouteDependencies {
  readonly chatflows: ChatflowDoor
  readonly appRuns: AppRuns
  readonly respond: RespondDependencies
  readonly endUsers: EndUsers
  /** The configuration that callers get. @throws `app_unavailable` */
  readonly getPublishedConfig: (app: AppsTable) => Promise<{ readonly id: string; readonly value: BasicConfig }>
}

export interface ServiceRunRouteDependencies extends RunRouteDependencies {
  readonly findAnswerSpeech: FindAnswerSpeech
}

/** `/v1`: runs by app key, in the name of an end user. */
export function mountServiceRunRoutes(mount: Mount, dependencies: ServiceRunRouteDependencies): void {
  const { appRuns, respond, endUsers, getPublishedConfig, chatflows, findAnswerSpeech } = dependencies
  const talkerOf = async ({ app, tenantId, keyId }: AppKeyActor, user: string): Promise<Talker> =>
    endUserAsTalker(await endUsers.findOrCreate({ tenantId, appId: app.id }, user, 'service_api'), keyId)
  const askerOf = async (actor: AppKeyActor, user: string): Promise<Asker> => {
    const { endUserId, accountId, apiKeyId } = await talkerOf(actor, user)
    return { endUserId, accountId, apiKeyId }
  }
  mount(chat.sendChatMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, chatModes, 'not_chat_app')
    if (app.mode === 'advanced-chat') {
      const talker = await talkerOf(actor, body.user)
      return chatflows.send({ app, talker, body, invokeFrom: 'service-api', detail: 'full', request, reply })
    }
    const [asker, config] = await Promise.all([askerOf(actor, body.user), getPublishedConfig(app)])
    const turn = await appRuns.start({
      ...asker,
      ...body,
      app,
      config,
      arrivedAt,
      invokeFrom: 'service-api',
      conversationId: body.conversation_id,
      parentMessageId: undefined,
      autoGenerateName: body.auto_generate_name,
    })
    const speech = findAnswerSpeech({ app, config: config.value, asker, messageId: turn.messageId })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'full', speech, request, reply })
  })
  mount(completion.sendCompletionMessage).to(async ({ actor, body, request, reply }) => {
    const arrivedAt = performance.now()
    const { app } = actor
    assertMode(app, ['completion'], 'app_unavailable')
    const [asker, config] = await Promise.all([askerOf(actor, body.user), getPublishedConfig(app)])
    const turn = await appRuns.start({
      ...asker,
      ...body,
      app,
      config,
      arrivedAt,
      invokeFrom: 'service-api',
      conversationId: undefined,
      parentMessageId: undefined,
      autoGenerateName: false,
    })
    const speech = findAnswerSpeech({ app, config: config.value, asker, messageId: turn.messageId })
    return respondWithTurn(respond, { turn, mode: body.response_mode, detail: 'full', speech, request, reply })
  })
  mount(chat.stopChatMessage).to(async ({ actor, params, body }) => {
    assertMode(actor.app, chatModes, 'not_chat_app')
    await appRuns.stop(actor.app, params.task_id, await askerOf(actor, body.user))
    return { result: 'success' }
  })
  mount(completion.stopCompletionMessage).to(async ({ actor, params, body }) => {
    assertMode(actor.app, ['completion'], 'app_unavailable')
    await appRuns.stop(actor.app, params.task_id, await askerOf(actor, body.user))
    return { result: 'success' }
  })
  mount(chat.resumeMessageEvents).to(async ({ actor, params, query, request, reply }) => {
    const { app } = actor
    const talker = await talkerOf(actor, query.user)
    const run = await appRuns.getFollowableRun(app, params.message_id, talker)
    if (run.kind === 'chatflow') return chatflows.follow({ app, talker, run, detail: 'full', request, reply })
    return respondWithRun(respond, { run, detail: 'full', request, reply })
  })
}
