import { describe, expect, it } from 'vitest'
import { chatEventSchema, completionEventSchema, messageEventSchema, simpleChatEventSchema } from './message-events.ts'

const id = '0196f1b2-7a3c-7d00-8000-0123456789ab'
const envelope = { message_id: id, created_at: 1, task_id: id }
const chat = { conversation_id: id, ...envelope }

describe('frames', () => {
  it('print a null selector in the basic modes', () => {
    expect(completionEventSchema.parse({ ...envelope, event: 'message', id, answer: 'a' })).toMatchObject({ from_variable_selector: null })
  })

  it('of errors have no task', () => {
    const error = {
      event: 'error',
      conversation_id: id,
      message_id: id,
      created_at: 1,
      code: 'completion_request_error',
      message: 'm',
      status: 400,
    }
    expect(chatEventSchema.parse({ ...error, task_id: id })).toEqual(error)
  })

  it('tell web callers neither usage nor annotations', () => {
    const end = { ...chat, event: 'message_end', id, metadata: { usage: null, annotation_reply: null, retriever_resources: [] } }
    expect(simpleChatEventSchema.parse(end)).toMatchObject({ metadata: { retriever_resources: [], reasoning: {} }, files: null })
    expect(simpleChatEventSchema.parse(end)).not.toHaveProperty('metadata.usage')
  })

  it('of either mode are told apart by their conversation', () => {
    expect(messageEventSchema.parse({ ...chat, event: 'message', id, answer: 'a' })).toHaveProperty('conversation_id')
    expect(messageEventSchema.parse({ ...envelope, event: 'message', id, answer: 'a' })).not.toHaveProperty('conversation_id')
  })
})
