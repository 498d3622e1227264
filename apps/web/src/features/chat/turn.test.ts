import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { applyChatEvent, closeTurn, newTurn } from './turn.ts'

const ids = { message_id: 'm', id: 'm', conversation_id: 'c', task_id: 't', created_at: 1 }
const message = (answer: string): ChatEvent => ({ event: 'message', ...ids, answer, from_variable_selector: null })
const end = (more: { readonly is_cut?: true } = {}): ChatEvent => ({
  event: 'message_end',
  ...ids,
  files: null,
  metadata: { annotation_reply: null, retriever_resources: [], reasoning: {}, usage },
  ...more,
})
const usage = {
  prompt_tokens: 3,
  prompt_unit_price: '0',
  prompt_price_unit: '0',
  prompt_price: '0',
  completion_tokens: 2,
  completion_unit_price: '0',
  completion_price_unit: '0',
  completion_price: '0',
  total_tokens: 5,
  total_price: '0',
  currency: 'USD',
  latency: 0.2,
  time_to_first_token: null,
  time_to_generate: null,
}

function play(...events: ChatEvent[]) {
  return events.reduce(applyChatEvent, newTurn('1', 'Hi'))
}

describe('applyChatEvent', () => {
  it('grows the answer and keeps the usage of its end', () => {
    const turn = play(message('Hel'), message('lo'), end())
    expect(turn).toMatchObject({ answer: 'Hello', status: 'done', messageId: 'm', conversationId: 'c', taskId: 't', usage })
  })

  it('knows an answer that a person wrote, and who did where that is told', () => {
    const told = { event: 'message_end', ...ids, files: null } as const
    const metadata = { retriever_resources: [], reasoning: {} }
    const account = { id: 'a', name: 'Ann' }
    expect(play(end()).annotation).toBeUndefined()
    expect(play({ ...told, metadata, is_annotation: true }).annotation).toEqual({ author: '' })
    expect(play({ ...told, metadata: { ...metadata, usage, annotation_reply: { id: 'n', account } } }).annotation).toEqual({
      author: 'Ann',
    })
  })

  it('takes a replaced text for the whole of it', () => {
    expect(play(message('bad'), { event: 'message_replace', ...ids, answer: 'good', reason: '' }).answer).toBe('good')
  })

  it('keeps what was said when the stream fails', () => {
    const turn = play(message('Hel'), {
      event: 'error',
      message_id: 'm',
      conversation_id: 'c',
      created_at: 1,
      code: 'run_interrupted',
      message: 'x',
      status: 500,
    })
    expect(turn).toMatchObject({ answer: 'Hel', status: 'failed', error: { code: 'run_interrupted' } })
  })

  it('leaves a stopped turn stopped when its end arrives', () => {
    const stopped = { ...play(message('Hel')), status: 'stopped' as const }
    expect(applyChatEvent(stopped, end())).toMatchObject({ status: 'stopped', usage })
  })

  it('knows that it was cut', () => {
    expect(play(message('Hel'), end({ is_cut: true }))).toMatchObject({ answer: 'Hel', status: 'done', isCut: true })
    expect(play(message('Hello'), end())).not.toHaveProperty('isCut')
  })

  it('takes the word of an end that somebody stopped it elsewhere', () => {
    const metadata = { retriever_resources: [], reasoning: {} }
    const turn = play(message('Hel'), { event: 'message_end', ...ids, files: null, metadata, is_stopped: true })
    expect(turn).toMatchObject({ answer: 'Hel', status: 'stopped' })
  })
})

describe('the turn of a chatflow', () => {
  const finished = (status: 'succeeded' | 'stopped'): ChatEvent =>
    ({ event: 'workflow_finished', ...ids, workflow_run_id: 'r', data: { status, outputs: {}, error: null } }) as unknown as ChatEvent // what is read of it

  it('is whole when its run is, for who reads on too late for the end of the answer', () => {
    expect(play(message('No then.'), finished('succeeded'))).toMatchObject({ answer: 'No then.', status: 'done' })
    expect(play(message('No'), finished('stopped')).status).toBe('stopped')
  })
})

describe('closeTurn', () => {
  it('calls a stream that ended without a word stopped, and leaves ended ones alone', () => {
    expect(closeTurn(newTurn('1', 'Hi')).status).toBe('stopped')
    expect(closeTurn({ ...newTurn('1', 'Hi'), status: 'done' }).status).toBe('done')
  })
})
