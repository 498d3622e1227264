import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { applyChatEvent, closeTurn, newTurn } from './turn.ts'

const ids = { message_id: 'm', conversation_id: 'c', task_id: 't' }
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, total_price: '0', currency: 'USD', latency: 0.2 }

function play(...events: ChatEvent[]) {
  return events.reduce(applyChatEvent, newTurn('1', 'Hi'))
}

describe('applyChatEvent', () => {
  it('grows the answer and keeps the usage of its end', () => {
    const turn = play(
      { event: 'ping' },
      { event: 'message', ...ids, answer: 'Hel' },
      { event: 'message', ...ids, answer: 'lo' },
      { event: 'message_end', ...ids, metadata: { usage } },
    )
    expect(turn).toMatchObject({ answer: 'Hello', status: 'done', messageId: 'm', conversationId: 'c', taskId: 't', usage })
  })

  it('takes a replaced text for the whole of it', () => {
    expect(play({ event: 'message', ...ids, answer: 'bad' }, { event: 'message_replace', ...ids, answer: 'good' }).answer).toBe('good')
  })

  it('keeps what was said when the stream fails', () => {
    const turn = play({ event: 'message', ...ids, answer: 'Hel' }, { event: 'error', code: 'run_interrupted', message: 'x', status: 500 })
    expect(turn).toMatchObject({ answer: 'Hel', status: 'failed', error: { code: 'run_interrupted' } })
  })

  it('leaves a stopped turn stopped when its end arrives', () => {
    const stopped = { ...play({ event: 'message', ...ids, answer: 'Hel' }), status: 'stopped' as const }
    expect(applyChatEvent(stopped, { event: 'message_end', ...ids, metadata: { usage } })).toMatchObject({ status: 'stopped', usage })
  })
})

describe('closeTurn', () => {
  it('calls a stream that ended without a word stopped, and leaves ended ones alone', () => {
    expect(closeTurn(newTurn('1', 'Hi')).status).toBe('stopped')
    expect(closeTurn({ ...newTurn('1', 'Hi'), status: 'done' }).status).toBe('done')
  })
})
