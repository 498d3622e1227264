import type { FileInput, Monitoring } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import type { ModelConfig, Page } from './types/apps.ts'
import type {
  ChatConversation,
  ChatConversationDetail,
  ChatEvent,
  CompletionConversation,
  CompletionConversationDetail,
  LogMessage,
  RunDetail,
} from './types/conversations.ts'

export type LogFilterQuery = {
  readonly keyword?: string | undefined
  readonly user?: string | undefined
  readonly feedback?: string | undefined
  readonly status?: string | undefined
  readonly annotation_status?: string | undefined
  /** `YYYY-MM-DD HH:MM` in the account's time zone. */
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly sort_by?: string | undefined
}

export type LogQuery = LogFilterQuery & { readonly page: number; readonly limit: number }

export interface ChatDebugInput {
  readonly query: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly files: FileInput[]
  readonly model_config: ModelConfig
  readonly conversation_id?: string | undefined
  readonly parent_message_id?: string | null | undefined
}

export interface RunsApi {
  chat(appId: string, input: ChatDebugInput, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>
  complete(
    appId: string,
    input: Omit<ChatDebugInput, 'query' | 'conversation_id'>,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, undefined>
  stop(appId: string, kind: 'chat' | 'completion', taskId: string): Promise<void>
  suggestedQuestions(appId: string, messageId: string): Promise<readonly string[]>
  run(appId: string, runId: string): Promise<RunDetail>
  chatConversations(appId: string, query: LogQuery): Promise<Page<ChatConversation>>
  completionConversations(appId: string, query: LogQuery): Promise<Page<CompletionConversation>>
  chatConversation(appId: string, id: string): Promise<ChatConversationDetail>
  completionConversation(appId: string, id: string): Promise<CompletionConversationDetail>
  /** Times are `YYYY-MM-DD HH:MM` in the account's time zone. */
  monitoring(appId: string, window: { readonly start?: string; readonly end?: string }): Promise<Monitoring>
  /** The turns of what the filter finds, as CSV. */
  exportLog(appId: string, query: LogFilterQuery): Promise<Blob>
  /** Says what an operator thinks of an answer; null takes it back. */
  rateMessage(appId: string, messageId: string, rating: 'like' | 'dislike' | null): Promise<void>
  /** One turn, as the log has it now. */
  message(appId: string, id: string): Promise<LogMessage>
  messages(
    appId: string,
    query: { conversation_id: string; first_id?: string; limit: number },
  ): Promise<{ data: readonly LogMessage[]; has_more: boolean }>
}

export function createRunsApi(http: HttpClient): RunsApi {
  return {
    chat: (appId, input, signal) => http.stream(`/apps/${appId}/chat-messages`, { ...input, response_mode: 'streaming' }, signal),
    complete: (appId, input, signal) =>
      http.stream(`/apps/${appId}/completion-messages`, { ...input, query: '', response_mode: 'streaming' }, signal),
    stop: (appId, kind, taskId) => http.post(`/apps/${appId}/${kind}-messages/${taskId}/stop`),
    suggestedQuestions: async (appId, messageId) =>
      (await http.get<{ data: readonly string[] }>(`/apps/${appId}/chat-messages/${messageId}/suggested-questions`)).data,
    run: (appId, runId) => http.get(`/apps/${appId}/runs/${runId}`),
    chatConversations: (appId, query) => http.get(`/apps/${appId}/chat-conversations`, { query }),
    completionConversations: (appId, query) => http.get(`/apps/${appId}/completion-conversations`, { query }),
    chatConversation: (appId, id) => http.get(`/apps/${appId}/chat-conversations/${id}`),
    completionConversation: (appId, id) => http.get(`/apps/${appId}/completion-conversations/${id}`),
    monitoring: (appId, window) => http.get(`/apps/${appId}/monitoring`, { query: window }),
    exportLog: (appId, query) => http.download(`/apps/${appId}/logs/export`, { query }),
    rateMessage: (appId, messageId, rating) => http.post(`/apps/${appId}/feedbacks`, { message_id: messageId, rating }),
    message: (appId, id) => http.get(`/apps/${appId}/messages/${id}`),
    messages: (appId, query) => http.get(`/apps/${appId}/chat-messages`, { query }),
  }
}
