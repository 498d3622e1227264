import { z } from 'zod'
import { orNull, success, timestamp, uuid } from '../common/wire.ts'
import { modelConfigSchema } from '../entities/model-config.ts'
import {
  chatAnswerSchema,
  completionAnswerSchema,
  continuedConversation,
  optionalQuery,
  parentMessage,
  requiredQuery,
  runInput,
} from '../entities/run-request.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'
import { latencyLedgerSchema } from '../runs/run-event.ts'
import { chatEventSchema, completionEventSchema, messageEventSchema } from '../wire-events/message-events.ts'
import { appParams } from './apps.ts'

const taskParams = z.object({ app_id: uuid, task_id: z.string() })
const messageParams = z.object({ app_id: uuid, message_id: uuid })
const errors = ['app_not_found'] as const

/** What happened in a run, and where its time went. */
export const runDetailSchema = z.object({
  id: uuid,
  kind: z.enum(['chat', 'completion', 'chatflow', 'workflow']),
  status: z.enum(['running', 'paused', 'succeeded', 'partial-succeeded', 'failed', 'stopped', 'interrupted']),
  conversation_id: orNull(uuid),
  message_id: orNull(uuid),
  error: orNull(z.object({ code: z.string(), message: z.string() })),
  total_tokens: z.number().int(),
  /** Events that the journal holds. */
  event_count: z.number().int(),
  /** Milliseconds by part; null while it runs, and where it was cut off. */
  ledger: orNull(latencyLedgerSchema),
  created_at: timestamp,
  finished_at: orNull(timestamp),
})
export type RunDetail = z.infer<typeof runDetailSchema>

export const consoleAppRunRoutes = {
  debugChatMessage: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/chat-messages',
    summary: 'Try a configuration of a chat app',
    tag: 'Debugging',
    auth: editing,
    params: appParams,
    body: z.object({
      ...runInput,
      query: requiredQuery,
      model_config: modelConfigSchema,
      conversation_id: continuedConversation,
      parent_message_id: parentMessage,
      retriever_from: z.string().nullish(),
      draft_type: z.string().nullish(),
    }),
    responses: { 200: chatAnswerSchema },
    produces: 'event-stream',
    events: chatEventSchema,
    errors: [...runErrors, 'app_not_found', 'conversation_completed', 'not_found'],
  }),
  debugCompletionMessage: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/completion-messages',
    summary: 'Try a configuration of a text generator',
    tag: 'Debugging',
    auth: editing,
    params: appParams,
    body: z.object({ ...runInput, query: optionalQuery, model_config: modelConfigSchema, retriever_from: z.string().nullish() }),
    responses: { 200: completionAnswerSchema },
    produces: 'event-stream',
    events: completionEventSchema,
    errors: [...runErrors, 'app_not_found'],
  }),
  stopDebugChatMessage: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/chat-messages/:task_id/stop',
    summary: 'Stop one’s trial answer',
    tag: 'Debugging',
    auth: editing,
    params: taskParams,
    responses: { 200: success },
    errors,
  }),
  stopDebugCompletionMessage: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/completion-messages/:task_id/stop',
    summary: 'Stop one’s trial text',
    tag: 'Debugging',
    auth: editing,
    params: taskParams,
    responses: { 200: success },
    errors,
  }),
  resumeDebugMessageEvents: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/messages/:message_id/events',
    summary: 'Read the event stream of one’s trial message again, from the frame after Last-Event-ID',
    tag: 'Debugging',
    auth: editing,
    params: messageParams,
    responses: { 200: null },
    produces: 'event-stream',
    events: messageEventSchema,
    errors: ['app_not_found', 'not_found'],
  }),
  listDebugSuggestedQuestions: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/chat-messages/:message_id/suggested-questions',
    summary: 'Suggest what might be asked next',
    tag: 'Debugging',
    auth: editing,
    params: messageParams,
    responses: { 200: z.object({ data: z.array(z.string()) }) },
    errors: ['app_not_found', 'not_found', 'app_suggested_questions_after_answer_disabled'],
  }),
  getRun: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/apps/:app_id/runs/:run_id',
    summary: 'Tell how a run went and where its time was spent',
    tag: 'Logs',
    auth: editing,
    params: z.object({ app_id: uuid, run_id: uuid }),
    responses: { 200: runDetailSchema },
    errors: ['app_not_found', 'not_found'],
  }),
}
