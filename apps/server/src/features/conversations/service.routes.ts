import { AppError, serviceConversationRoutes as conversationRoutes, serviceMessageRoutes as messageRoutes } from '@trellis/contracts'
import type { Value } from '@trellis/values'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { assertMode, chatModes } from '../app-runs/index.ts'
import type { Apps } from '../apps/index.ts'
import { ANONYMOUS_SESSION, type EndUsers } from '../end-users/index.ts'
import type { SuggestionConfigs } from '../workflows/index.ts'
import { type ConversationVariables, presentVariable } from './conversation-variables.service.ts'
import type { ConversationService } from './conversations.service.ts'
import type { Feedbacks } from './feedbacks.service.ts'
import type { MessageService, Visitor } from './messages.service.ts'
import { type PresentDependencies, presentConversation, presentFeedback, presentMessages } from './present-messages.ts'
import { asksForSuggestions, type Suggestions } from './suggestions.service.ts'

export interface ConversationRouteDependencies extends PresentDependencies {
  readonly conversations: ConversationService
  readonly messages: MessageService
  readonly feedbacks: Feedbacks
  readonly suggestions: Suggestions
  readonly endUsers: EndUsers
  readonly apps: Pick<Apps, 'getApp'>
  readonly configs: SuggestionConfigs
  readonly variables: ConversationVariables
}

/** `/v1`: what an app key's holder sees of one end user. */
export function mountServiceConversationRoutes(mount: Mount, dependencies: ConversationRouteDependencies): void {
  const { endUsers } = dependencies
  const visitorOf = async ({ app, tenantId, keyId }: AppKeyActor, user: string | undefined): Promise<Visitor> => {
    const endUser = await endUsers.findOrCreate({ tenantId, appId: app.id }, user ?? ANONYMOUS_SESSION, 'service_api')
    return { tenantId, appId: app.id, endUserId: endUser.id, accountId: null, apiKeyId: keyId }
  }
  mountConversations(mount, dependencies, visitorOf)
  mountMessages(mount, dependencies, visitorOf)
}

type VisitorOf = (actor: AppKeyActor, user: string | undefined) => Promise<Visitor>

function mountConversations(mount: Mount, { conversations, variables }: ConversationRouteDependencies, visitorOf: VisitorOf): void {
  const chatVisitorOf: VisitorOf = (actor, user) => {
    assertMode(actor.app, chatModes, 'not_chat_app')
    return visitorOf(actor, user)
  }
  mount(conversationRoutes.listConversations).to(async ({ actor, query }) => {
    const { rows, hasMore } = await conversations.list(await chatVisitorOf(actor, query.user), {
      invokeFrom: 'service-api',
      isPinned: undefined,
      sortBy: query.sort_by,
      lastId: query.last_id,
      limit: query.limit,
    })
    return { limit: query.limit, has_more: hasMore, data: rows.map(presentConversation) }
  })
  mount(conversationRoutes.deleteConversation).to(async ({ actor, params, body }) => {
    await conversations.delete(await chatVisitorOf(actor, body.user), params.conversation_id)
    return null
  })
  mount(conversationRoutes.renameConversation).to(async ({ actor, params, body }) => {
    const visitor = await chatVisitorOf(actor, body.user)
    const renamed = body.auto_generate
      ? await conversations.renameByModel(visitor, params.conversation_id)
      : await conversations.rename(visitor, params.conversation_id, body.name ?? '')
    return presentConversation(renamed)
  })
  mount(conversationRoutes.listConversationVariables).to(async ({ actor, params, query }) => {
    const { rows, hasMore } = await variables.list(await chatVisitorOf(actor, query.user), {
      conversationId: params.conversation_id,
      name: query.variable_name,
      lastId: query.last_id,
      limit: query.limit,
    })
    return { limit: query.limit, has_more: hasMore, data: rows.map(presentVariable) }
  })
  mount(conversationRoutes.updateConversationVariable).to(async ({ actor, params, body }) => {
    const visitor = await chatVisitorOf(actor, body.user)
    // The body was read as JSON.
    const change = { conversationId: params.conversation_id, id: params.variable_id, value: (body.value ?? null) as Value }
    return presentVariable(await variables.update(visitor, change))
  })
}

function mountMessages(mount: Mount, dependencies: ConversationRouteDependencies, visitorOf: VisitorOf): void {
  const { messages, feedbacks, suggestions, configs } = dependencies
  mount(messageRoutes.listMessages).to(async ({ actor, query }) => {
    assertMode(actor.app, chatModes, 'not_chat_app')
    const visitor = await visitorOf(actor, query.user)
    const { rows, hasMore } = await messages.list(visitor, {
      conversationId: query.conversation_id,
      firstId: query.first_id,
      limit: query.limit,
    })
    return { limit: query.limit, has_more: hasMore, data: await presentMessages(dependencies, visitor, rows) }
  })
  mount(messageRoutes.listSuggestedQuestions).to(async ({ actor, params, query }) => {
    const { app } = actor
    assertMode(app, chatModes, 'not_chat_app')
    const talker = await visitorOf(actor, query.user)
    const message = await messages.get(talker, params.message_id)
    const config = await configs.getPublished(app)
    if (!asksForSuggestions(config)) {
      throw new AppError('bad_request', { message: 'This app suggests no questions. Switch the feature on in the console, and publish.' })
    }
    return { result: 'success', data: [...(await suggestions.suggest({ app, talker, config, message }))] }
  })
  mount(messageRoutes.rateMessage).to(async ({ actor, params, body }) => {
    const visitor = await visitorOf(actor, body.user)
    const message = await messages.get(visitor, params.message_id)
    await feedbacks.rate(message, { type: 'user', endUserId: visitor.endUserId }, body)
    return { result: 'success' }
  })
  mount(messageRoutes.listAppFeedbacks).to(async ({ actor: { tenantId, app }, query: { page, limit } }) => {
    const rows = await feedbacks.listOfApp(tenantId, { appId: app.id, offset: (page - 1) * limit, limit })
    return { data: rows.map(presentFeedback) }
  })
}
