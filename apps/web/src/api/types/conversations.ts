import type {
  ChatConversationItem,
  CompletionConversationItem,
  consoleLogRoutes,
  LogMessage,
  MessageEvent,
  ResponseOf,
  RunDetail,
  SimpleMessageEvent,
  UsageWire,
  WorkflowEvent,
} from '@trellis/contracts'

export type { LogMessage, RunDetail }

/** What an answer took; prices are decimal strings, times are seconds. */
export type Usage = Pick<UsageWire, 'prompt_tokens' | 'completion_tokens' | 'total_tokens' | 'total_price' | 'currency' | 'latency'>

export type ChatConversation = ChatConversationItem
export type CompletionConversation = CompletionConversationItem
export type ChatConversationDetail = ResponseOf<typeof consoleLogRoutes.getChatConversation>
export type CompletionConversationDetail = ResponseOf<typeof consoleLogRoutes.getCompletionConversation>

/** A frame of a chatflow's run: a workflow's, which names its message too. */
export type ChatflowEvent = WorkflowEvent & { readonly message_id: string; readonly conversation_id: string }

/** A frame of an answer's stream; those of published pages tell less at the end. */
export type ChatEvent = MessageEvent | SimpleMessageEvent | ChatflowEvent
