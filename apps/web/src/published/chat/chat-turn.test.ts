import type { SimpleMessageEvent, WebMessage } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import type { MessageFrame } from '../api/web-app-api.ts'
import { applyFrame, rewindTurn } from '../streamed-turn.ts'
import { isPerhapsOpen, newChatTurn, toChatTurns } from './chat-turn.ts'

const ids = { message_id: 'm', conversation_id: 'c', task_id: 't', created_at: 1 }
const frame = (id: string, event: SimpleMessageEvent): MessageFrame => ({ id, event })
const said = (id: string, answer: string) => frame(id, { event: 'message', id: 'm', ...ids, answer, from_variable_selector: null })
const replaced = (id: string, answer: string) => frame(id, { event: 'message_replace', ...ids, answer, reason: '' })
const ended = (id: string) =>
  frame(id, { event: 'message_end', id: 'm', ...ids, files: null, metadata: { retriever_resources: [], reasoning: {} } })

const asked = newChatTurn({ key: 'k', query: 'Hi', parentId: null, attachments: [] })
const play = (...frames: MessageFrame[]) => frames.reduce(applyFrame, asked)

describe('applyFrame', () => {
  it('grows the answer, learns the ids and ends', () => {
    expect(play(said('1-0', 'Hel'), said('1-1', 'lo'), ended('1-2'))).toMatchObject({
      answer: 'Hello',
      status: 'done',
      messageId: 'm',
      conversationId: 'c',
      taskId: 't',
      lastEventId: '1-2',
    })
  })

  it('passes over frames that a continued stream repeats', () => {
    expect(play(said('1-0', 'Hel'), said('1-1', 'lo'), said('1-0', 'Hel'), said('1-1', 'lo'), said('1-2', '!')).answer).toBe('Hello!')
  })

  it('takes the truth of a later life of the run for the whole text', () => {
    expect(play(said('1-5', 'Hel'), replaced('2-0', 'Hello, '), said('2-1', 'you')).answer).toBe('Hello, you')
    expect(play(replaced('2-0', 'Hello'), said('1-6', 'lo')).answer).toBe('Hello')
  })

  it('takes every frame of a server that gives no ids', () => {
    const plain = { id: undefined, event: said('', 'a').event }
    expect(play(plain, plain).answer).toBe('aa')
  })

  it('keeps what was said when the answer fails', () => {
    const { message_id, conversation_id, created_at } = ids
    const error = { event: 'error', message_id, conversation_id, created_at, code: 'run_interrupted', message: 'x', status: 500 } as const
    expect(play(said('1-0', 'Hel'), frame('1-1', error))).toMatchObject({
      answer: 'Hel',
      status: 'failed',
      error: { code: 'run_interrupted', message: 'x' },
    })
  })

  it('keeps each picture of an answer once', () => {
    const file = { event: 'message_file', ...ids, id: 'f', type: 'image', belongs_to: 'assistant', url: '/f' } as const
    expect(play(frame('1-0', file), frame('1-1', file)).answerFiles).toEqual([
      { id: 'f', name: '', type: 'image', url: '/f', uploadId: null },
    ])
  })
})

describe('rewindTurn', () => {
  it('reads the same stream again from its beginning without doubling', () => {
    const frames = [said('1-0', 'Hel'), said('1-1', 'lo'), ended('1-2')]
    expect(frames.reduce(applyFrame, rewindTurn(play(...frames)))).toEqual(play(...frames))
  })
})

const aMessage = (id: string, message: Partial<WebMessage> = {}): WebMessage => ({
  id,
  conversation_id: 'c',
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
  is_stopped: false,
  is_annotation: false,
  has_rating_reason: false,
  metadata: null,
  ...message,
})

describe('toChatTurns', () => {
  it('finds the turn before, also where the server only says "the one before"', () => {
    const linear = '00000000-0000-0000-0000-000000000000'
    const turns = toChatTurns([
      aMessage('a', { parent_message_id: linear }),
      aMessage('b', { parent_message_id: linear }),
      aMessage('c', { parent_message_id: 'a' }),
    ])
    expect(turns.map((turn) => turn.parentId)).toEqual([null, 'a', 'a'])
  })

  it('takes a turn whose parent is no message for a first one', () => {
    expect(toChatTurns([aMessage('a', { parent_message_id: 'conversation' })])[0]?.parentId).toBeNull()
  })

  it('shows an interrupted answer as such, with its text', () => {
    expect(toChatTurns([aMessage('a', { status: 'error', answer: 'Hel', error: 'stopped' })])[0]).toMatchObject({
      status: 'failed',
      answer: 'Hel',
      error: { message: 'stopped' },
    })
  })

  it('keeps a stopped answer stopped, also one without a word', () => {
    const turns = toChatTurns([aMessage('a', { answer: 'Hel', is_stopped: true }), aMessage('b', { answer: '', is_stopped: true })])
    expect(turns.map(({ status }) => status)).toEqual(['stopped', 'stopped'])
    expect(turns.some(isPerhapsOpen)).toBe(false)
  })

  it('tells apart the files of question and answer', () => {
    const file = {
      filename: 'x.png',
      type: 'image',
      mime_type: null,
      size: null,
      transfer_method: 'local_file',
      upload_file_id: null,
    } as const
    const [turn] = toChatTurns([
      aMessage('a', {
        message_files: [
          { ...file, id: '1', url: '/1', belongs_to: 'user' },
          { ...file, id: '2', url: '/2', belongs_to: 'assistant' },
        ],
      }),
    ])
    expect([turn?.attachments.map((file) => file.id), turn?.answerFiles.map((file) => file.id)]).toEqual([['1'], ['2']])
  })
})

it('suspects an empty answer of being written still', () => {
  const [open, whole] = toChatTurns([aMessage('a', { answer: '' }), aMessage('b')])
  expect([open && isPerhapsOpen(open), whole && isPerhapsOpen(whole)]).toEqual([true, false])
})
