import { ApiError } from '@trellis/client'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { PassedIn } from './passed-in.ts'

/** The conversation that was passed in; undefined where it is gone, or another visitor's: then a new one begins. */
export async function findOfferedConversation(
  api: Pick<WebAppApi, 'listMessages'>,
  { conversationId }: PassedIn,
): Promise<string | undefined> {
  if (conversationId === undefined) return undefined
  return api.listMessages(conversationId).then(
    () => conversationId,
    (error: unknown) => (error instanceof ApiError && error.status === 404 ? undefined : conversationId),
  )
}
