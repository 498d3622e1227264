import { ApiError } from '@trellis/client'
import { expect, it } from 'vitest'
import { findOfferedConversation } from './offered-conversation.ts'
import { nothingPassedIn } from './passed-in.ts'

const answering = (status: number) => ({
  listMessages: async () => {
    if (status !== 200) throw new ApiError({ code: 'any', message: '', status })
    return { items: [], hasMore: false }
  },
})
const offered = { ...nothingPassedIn, conversationId: 'c1' }

it('goes on with the conversation that was passed in, but not with one that is not there', async () => {
  expect(await findOfferedConversation(answering(200), nothingPassedIn)).toBeUndefined()
  expect(await findOfferedConversation(answering(200), offered)).toBe('c1')
  expect(await findOfferedConversation(answering(404), offered)).toBeUndefined()
  // What cannot be asked now is told where the conversation would stand.
  expect(await findOfferedConversation(answering(503), offered)).toBe('c1')
})
