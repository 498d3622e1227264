import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { serviceRoutes } from './index.ts'

const id = '0196f1b2-7a3c-7d00-8000-0123456789ab'
const isValid = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

describe('POST /chat-messages', () => {
  const { body } = serviceRoutes.sendChatMessage
  const turn = { inputs: {}, query: 'Hello', user: 'u' }

  it('takes what the npm client sends: null files, unknown keys, no conversation', () => {
    expect(body.parse({ ...turn, files: null, extra: 1 })).toEqual({
      ...turn,
      files: [],
      response_mode: 'blocking',
      conversation_id: undefined,
      auto_generate_name: true,
    })
  })

  it.each(['', null, undefined, '  '])('reads conversation_id %j as a new conversation', (conversation_id) => {
    expect(body.parse({ ...turn, conversation_id }).conversation_id).toBeUndefined()
  })

  it('trims conversation_id and refuses what is no id', () => {
    expect(body.parse({ ...turn, conversation_id: ` ${id} ` }).conversation_id).toBe(id)
    expect(isValid(body, { ...turn, conversation_id: 'mine' })).toBe(false)
  })

  it('says what is missing in the words that callers know', () => {
    const { error } = body.safeParse({ inputs: {}, query: '' })
    expect(error?.issues.map((issue) => issue.message)).toEqual(['query is required', 'Arg user must be provided.'])
  })

  it('removes NUL from the query before it looks whether it is empty', () => {
    expect(body.parse({ ...turn, query: 'a\u0000b' }).query).toBe('ab')
    expect(isValid(body, { ...turn, query: '\u0000' })).toBe(false)
  })

  it('needs inputs to be an object, and an empty one will do', () => {
    expect(isValid(body, { query: 'Hello', user: 'u' })).toBe(false)
    expect(isValid(body, { ...turn, inputs: [] })).toBe(false)
  })

  it('takes files by address, under either name, and by upload', () => {
    const files = [
      { type: 'image', transfer_method: 'remote_url', remote_url: 'https://example.org/a.png' },
      { type: 'document', transfer_method: 'local_file', upload_file_id: id, url: '' },
    ]
    expect(body.parse({ ...turn, files }).files).toEqual([
      { type: 'image', transfer_method: 'remote_url', url: 'https://example.org/a.png', upload_file_id: undefined },
      { type: 'document', transfer_method: 'local_file', url: undefined, upload_file_id: id },
    ])
    expect(isValid(body, { ...turn, files: [{ type: 'image', transfer_method: 'remote_url' }] })).toBe(false)
  })
})

describe('POST /completion-messages', () => {
  const { body } = serviceRoutes.sendCompletionMessage

  it.each([undefined, null, ''])('reads query %j as empty', (query) => {
    expect(body.parse({ inputs: { query: 'in here' }, query, user: 'u' }).query).toBe('')
  })
})

describe('GET /conversations', () => {
  const { query } = serviceRoutes.listConversations

  it('passes over what the npm client sends beside its parameters', () => {
    expect(query.parse({ user: 'u', first_id: 'x', pinned: 'true', limit: '5' })).toEqual({
      user: 'u',
      limit: 5,
      sort_by: '-updated_at',
      last_id: undefined,
    })
  })

  it('reads an empty cursor and an empty user as absent', () => {
    expect(query.parse({ user: '', last_id: '' })).toMatchObject({ user: undefined, last_id: undefined, limit: 20 })
  })

  it.each(['0', '101', '-1', '1.5', 'ten', ''])('refuses limit %j', (limit) => {
    expect(isValid(query, { limit })).toBe(false)
  })

  it('refuses an order that it does not know', () => {
    expect(isValid(query, { sort_by: 'name' })).toBe(false)
  })
})

describe('GET /messages', () => {
  const { query } = serviceRoutes.listMessages

  it('needs a conversation', () => {
    expect(isValid(query, { user: 'u' })).toBe(false)
    expect(isValid(query, { user: 'u', conversation_id: id, first_id: '' })).toBe(true)
  })
})

describe('POST /messages/:message_id/feedbacks', () => {
  const { body } = serviceRoutes.rateMessage

  it.each([null, undefined])('reads rating %j as taking it back', (rating) => {
    expect(body.parse({ rating, user: 'u' }).rating).toBeNull()
  })

  it('refuses a number', () => {
    expect(isValid(body, { rating: 1, user: 'u' })).toBe(false)
  })
})

describe('POST /conversations/:conversation_id/name', () => {
  const { body } = serviceRoutes.renameConversation

  it('needs a name unless one is to be made', () => {
    expect(isValid(body, { name: ' ' })).toBe(false)
    expect(isValid(body, {})).toBe(false)
    expect(isValid(body, { auto_generate: true })).toBe(true)
    expect(isValid(body, { name: 'Mine', auto_generate: null })).toBe(true)
  })
})

describe('GET /files/:file_id/preview', () => {
  const { query } = serviceRoutes.previewFile

  it('reads as_attachment as text', () => {
    expect(query.parse({ as_attachment: 'true' }).as_attachment).toBe(true)
    expect(query.parse({ as_attachment: 'False' }).as_attachment).toBe(false)
    expect(query.parse({}).as_attachment).toBe(false)
    expect(isValid(query, { as_attachment: 'perhaps' })).toBe(false)
  })
})

describe('GET /app/feedbacks', () => {
  it('takes a limit of 101, as nothing else does', () => {
    expect(serviceRoutes.listAppFeedbacks.query.parse({ limit: '101' })).toEqual({ page: 1, limit: 101 })
  })
})

describe('answers', () => {
  it('print every key: what is unset is null', () => {
    const message = serviceRoutes.listMessages.responses[200].parse({
      limit: 20,
      has_more: false,
      data: [{ id, conversation_id: id, inputs: {}, query: 'q', answer: 'a', created_at: 1, status: 'normal' }],
    })
    expect(message.data[0]).toEqual({
      id,
      conversation_id: id,
      parent_message_id: null,
      inputs: {},
      query: 'q',
      answer: 'a',
      feedback: null,
      retriever_resources: [],
      created_at: 1,
      agent_thoughts: [],
      message_files: [],
      status: 'normal',
      error: null,
      extra_contents: [],
    })
  })

  it('of a run always have the four keys of metadata', () => {
    const answer = { task_id: id, id, message_id: id, conversation_id: id, mode: 'chat', answer: 'a', created_at: 1, metadata: {} }
    expect(serviceRoutes.sendChatMessage.responses[200].parse(answer).metadata).toEqual({
      annotation_reply: null,
      retriever_resources: [],
      usage: null,
      reasoning: {},
    })
  })

  it('hold nothing that their contract does not name', () => {
    const root = { welcome: 'w', api_version: 'v1', server_version: '1', secret: 'x' }
    expect(serviceRoutes.getServiceRoot.responses[200].parse(root)).not.toHaveProperty('secret')
  })
})
