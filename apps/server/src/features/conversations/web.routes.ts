import { AppError, webConversationRoutes as conversationRoutes, webMessageRoutes as messageRoutes } from '@trellis/contracts'
import type { PassportActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { assertMode, chatModes } from '../app-runs/index.ts'
import type { Visitor } from './messages.service.ts'
import { presentConversation, presentMessages, toWebMessage } from './present-messages.ts'
import type { ConversationRouteDependencies } from './service.routes.ts'
import { asksForSuggestions } from './suggestions.service.ts'

const visitorOf = ({ tenantId, app, endUser }: PassportActor): Visitor => ({
  tenantId,
  appId: app.id,
  endUserId: endUser.id,
  accountId: null,
  apiKeyId: null,
})

/** The visitor, where the app talks. */
function chatVisitorOf(actor: PassportActor): Visitor {
  assertMode(actor.app, chatModes, 'not_chat_app')
  return visitorOf(actor)
}

/** The visitor, where the app writes texts. */
function textVisitorOf(actor: PassportActor): Visitor {
  assertMode(actor.app, ['completion'], 'not_completion_app')
  return visitorOf(actor)
}

/** `/api`: what a visitor of a published page sees of their own. */
export function mountWebConversationRoutes(mount: Mount, dependencies: ConversationRouteDependencies): void {
  mountConversations(mount, dependencies)
  mountMessages(mount, dependencies)
  mountSavedMessages(mount, dependencies)
}

function mountConversations(mount: Mount, { conversations }: ConversationRouteDependencies): void {
  mount(conversationRoutes.listWebConversations).to(async ({ actor, query }) => {
    const { rows, hasMore } = await conversations.list(chatVisitorOf(actor), {
      invokeFrom: 'web-app',
      isPinned: query.pinned,
      sortBy: query.sort_by,
      lastId: query.last_id,
      limit: query.limit,
    })
    return { limit: query.limit, has_more: hasMore, data: rows.map(presentConversation) }
  })
  mount(conversationRoutes.deleteWebConversation).to(async ({ actor, params }) => {
    await conversations.delete(chatVisitorOf(actor), params.conversation_id)
    return null
  })
  mount(conversationRoutes.renameWebConversation).to(async ({ actor, params, body }) => {
    const visitor = chatVisitorOf(actor)
    const renamed = body.auto_generate
      ? await conversations.renameByModel(visitor, params.conversation_id)
      : await conversations.rename(visitor, params.conversation_id, body.name ?? '')
    return presentConversation(renamed)
  })
  mount(conversationRoutes.pinConversation).to(async ({ actor, params }) => {
    await conversations.setPinned(chatVisitorOf(actor), params.conversation_id, true)
    return { result: 'success' }
  })
  mount(conversationRoutes.unpinConversation).to(async ({ actor, params }) => {
    await conversations.setPinned(chatVisitorOf(actor), params.conversation_id, false)
    return { result: 'success' }
  })
}

function mountMessages(mount: Mount, dependencies: ConversationRouteDependencies): void {
  const { messages, feedbacks, suggestions, configs } = dependencies
  mount(messageRoutes.listWebMessages).to(async ({ actor, query }) => {
    const visitor = chatVisitorOf(actor)
    const page = { conversationId: query.conversation_id, firstId: query.first_id, limit: query.limit }
    const { rows, hasMore } = await messages.list(visitor, page)
    const data = (await presentMessages(dependencies, visitor, rows)).map(toWebMessage)
    return { limit: query.limit, has_more: hasMore, data }
  })
  mount(messageRoutes.rateWebMessage).to(async ({ actor, params, body }) => {
    const visitor = visitorOf(actor)
    const message = await messages.get(visitor, params.message_id)
    await feedbacks.rate(message, { type: 'user', endUserId: visitor.endUserId }, body)
    return { result: 'success' }
  })
  mount(messageRoutes.listWebSuggestedQuestions).to(async ({ actor, params }) => {
    const { app } = actor
    const talker = chatVisitorOf(actor)
    const message = await messages.get(talker, params.message_id)
    const config = await configs.getPublished(app)
    if (!asksForSuggestions(config)) throw new AppError('app_suggested_questions_after_answer_disabled')
    return { data: [...(await suggestions.suggest({ app, talker, config, message }))] }
  })
}

function mountSavedMessages(mount: Mount, dependencies: ConversationRouteDependencies): void {
  const { messages } = dependencies
  mount(messageRoutes.listSavedMessages).to(async ({ actor, query: { last_id: lastId, limit } }) => {
    const visitor = textVisitorOf(actor)
    const { rows, hasMore } = await messages.listSaved(visitor, { lastId, limit })
    return { limit, has_more: hasMore, data: await presentMessages(dependencies, visitor, rows) }
  })
  mount(messageRoutes.saveMessage).to(async ({ actor, body }) => {
    await messages.save(textVisitorOf(actor), body.message_id)
    return { result: 'success' }
  })
  mount(messageRoutes.forgetSavedMessage).to(async ({ actor, params }) => {
    await messages.forget(textVisitorOf(actor), params.message_id)
    return null
  })
}
