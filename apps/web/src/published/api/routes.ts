import type { RouteContract, webRoutes } from '@trellis/contracts'

type WebRoutes = typeof webRoutes

interface PlainRoute {
  readonly method: RouteContract['method']
  readonly path: string
  /** It has a JSON body. */
  readonly body?: true
  readonly rawBody?: 'multipart'
}

/**
 * The contracts of published apps, as far as a caller needs them at run time: their schemas would be a fifth of the page's script.
 * Types are the contracts' own, and a test holds the values to them.
 */
const plainRoutes = {
  getPassport: { method: 'GET', path: '/passport' },
  getWebSite: { method: 'GET', path: '/site' },
  getWebParameters: { method: 'GET', path: '/parameters' },
  sendWebChatMessage: { method: 'POST', path: '/chat-messages', body: true },
  stopWebChatMessage: { method: 'POST', path: '/chat-messages/:task_id/stop' },
  resumeWebMessageEvents: { method: 'GET', path: '/messages/:message_id/events' },
  sendWebCompletionMessage: { method: 'POST', path: '/completion-messages', body: true },
  generateMoreLikeThis: { method: 'GET', path: '/messages/:message_id/more-like-this' },
  stopWebCompletionMessage: { method: 'POST', path: '/completion-messages/:task_id/stop' },
  runWebWorkflow: { method: 'POST', path: '/workflows/run', body: true },
  resumeWebWorkflowEvents: { method: 'GET', path: '/workflow/:run_id/events' },
  stopWebWorkflow: { method: 'POST', path: '/workflows/tasks/:task_id/stop' },
  listWebConversations: { method: 'GET', path: '/conversations' },
  deleteWebConversation: { method: 'DELETE', path: '/conversations/:conversation_id' },
  renameWebConversation: { method: 'POST', path: '/conversations/:conversation_id/name', body: true },
  pinConversation: { method: 'PATCH', path: '/conversations/:conversation_id/pin' },
  unpinConversation: { method: 'PATCH', path: '/conversations/:conversation_id/unpin' },
  listWebMessages: { method: 'GET', path: '/messages' },
  rateWebMessage: { method: 'POST', path: '/messages/:message_id/feedbacks', body: true },
  listWebSuggestedQuestions: { method: 'GET', path: '/messages/:message_id/suggested-questions' },
  listSavedMessages: { method: 'GET', path: '/saved-messages' },
  saveMessage: { method: 'POST', path: '/saved-messages', body: true },
  forgetSavedMessage: { method: 'DELETE', path: '/saved-messages/:message_id' },
  getWebRemoteFileInfo: { method: 'GET', path: '/remote-files/:url' },
  transcribeWebAudio: { method: 'POST', path: '/audio-to-text', rawBody: 'multipart' },
  speakWebText: { method: 'POST', path: '/text-to-audio', body: true },
  uploadWebFile: { method: 'POST', path: '/files/upload', rawBody: 'multipart' },
} as const satisfies Partial<Record<keyof WebRoutes, PlainRoute>>

type RouteName = keyof typeof plainRoutes

const entries = Object.entries(plainRoutes).map(([name, route]) => [name, { surface: 'web', ...route }])

// The client reads surface, method, path and whether there is a body; the rest of a contract is types.
export const routes = Object.fromEntries(entries) as unknown as Pick<WebRoutes, RouteName>
