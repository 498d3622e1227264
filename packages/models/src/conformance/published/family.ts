import type { Ability } from '../abilities.ts'
import { SSE_HEADERS } from '../scenario.ts'
import { openaiRequests, type PublishedAnswer } from './published-answer.ts'

type FamilyCall = keyof typeof openaiRequests

/** What each call proves. */
const proves: Readonly<Record<FamilyCall, Ability>> = {
  image: 'image',
  document: 'document',
  audio: 'audio',
  video: 'video',
  videoAddress: 'video',
  schema: 'structured output',
  tools: 'tools',
  toolResults: 'tools',
}

/** Where a published answer was read. */
export type Page = Pick<PublishedAnswer, 'provider' | 'address' | 'readOn'>

/** Calls that a page wants as OpenAI has them, each answered with the stream of that page that says "Good day". */
export const asksLikeOpenAi = (page: Page, calls: readonly FamilyCall[], body: string): readonly PublishedAnswer[] =>
  calls.map((call) => ({
    ...page,
    abilities: [proves[call]],
    call,
    request: openaiRequests[call],
    headers: SSE_HEADERS,
    body,
    says: { text: 'Good day' },
  }))
