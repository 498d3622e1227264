import { ApiError } from '@trellis/client'
import { describe, expect, it } from 'vitest'
import { followMessage } from './follow-message.ts'
import type { MessageFrame } from './web-app-api.ts'

const ids = { message_id: 'm', conversation_id: 'c', task_id: 't', created_at: 1 }
const said = (offset: number, answer: string): MessageFrame => ({
  id: `1-${offset}`,
  event: { event: 'message', id: 'm', ...ids, answer, from_variable_selector: null },
})
const ended = (offset: number): MessageFrame => ({
  id: `1-${offset}`,
  event: { event: 'message_end', id: 'm', ...ids, files: null, metadata: { retriever_resources: [], reasoning: {} } },
})

const stepped = (offset: number, event: string, data: object): MessageFrame => ({
  id: `1-${offset}`,
  event: { event, ...ids, workflow_run_id: 'r', data } as unknown as MessageFrame['event'], // only names are read
})

async function* stream(frames: readonly MessageFrame[], end?: Error): AsyncGenerator<MessageFrame> {
  yield* frames
  if (end) throw end
}

/** Follows with these connections, one after the other; tells what was asked and got. */
async function follow(...connections: AsyncIterable<MessageFrame>[]) {
  const got: string[] = []
  const asked: (string | undefined)[] = []
  const pauses: number[] = []
  const connection: boolean[] = []
  const next = () => connections.shift() ?? stream([])
  const frames = followMessage({
    open: next,
    resume: (_, lastEventId) => {
      asked.push(lastEventId)
      return next()
    },
    pause: async (attempt) => void pauses.push(attempt),
    onConnection: (isConnected) => connection.push(isConnected),
  })
  let error: unknown
  try {
    for await (const frame of frames) got.push(frame.id ?? '')
  } catch (thrown) {
    error = thrown
  }
  return { got, asked, pauses, connection, error }
}

const away = new ApiError({ code: 'network_unreachable', message: '', status: 0 })
const refused = new ApiError({ code: 'invalid_param', message: '', status: 400 })

describe('followMessage', () => {
  it('ends with the end of the run where there is one behind the answer', async () => {
    const started = stepped(0, 'workflow_started', {})
    const finished = stepped(3, 'workflow_finished', { status: 'succeeded' })
    expect((await follow(stream([started, said(1, 'Hi'), ended(2), finished, said(4, '!')]))).got).toEqual(['1-0', '1-1', '1-2', '1-3'])
    expect((await follow(stream([started, stepped(1, 'workflow_finished', { status: 'failed' })]))).got).toEqual(['1-0', '1-1'])
  })

  it('ends where the run waits for somebody, unless it went on', async () => {
    const frames = [stepped(0, 'workflow_started', {}), stepped(1, 'workflow_paused', {})]
    expect(await follow(stream(frames))).toMatchObject({ got: ['1-0', '1-1'], asked: [], error: undefined })
    const finished = stepped(3, 'workflow_finished', { status: 'succeeded' })
    expect((await follow(stream([...frames, said(2, 'Hi'), finished]))).got).toEqual(['1-0', '1-1', '1-2', '1-3'])
  })

  it('ends with the end of the answer', async () => {
    expect(await follow(stream([said(0, 'a'), ended(1), said(2, 'never')]))).toMatchObject({
      got: ['1-0', '1-1'],
      asked: [],
      error: undefined,
    })
  })

  it('goes on after the last frame when the connection breaks, however often', async () => {
    const { got, asked, pauses, connection, error } = await follow(
      stream([said(0, 'a')], new TypeError('network error')),
      stream([], away),
      stream([said(1, 'b')], new TypeError('network error')),
      stream([ended(2)]),
    )
    expect({ got, asked, error }).toEqual({ got: ['1-0', '1-1', '1-2'], asked: ['1-0', '1-0', '1-1'], error: undefined })
    expect(pauses).toEqual([0, 1, 0])
    expect(connection).toEqual([true, false, false, true, false, true])
  })

  it('goes on when the server closed without an end', async () => {
    expect(await follow(stream([said(0, 'a')]), stream([ended(1)]))).toMatchObject({ got: ['1-0', '1-1'], asked: ['1-0'] })
  })

  it('leaves it to the caller when nothing was said yet', async () => {
    expect(await follow(stream([], away))).toMatchObject({ asked: [], error: away })
    expect(await follow(stream([]))).toMatchObject({ asked: [], error: { code: 'stream_unfinished' } })
  })

  it('does not ask again what was refused', async () => {
    expect(await follow(stream([said(0, 'a')], away), stream([], refused))).toMatchObject({ asked: ['1-0'], error: refused })
  })

  it('gives up on a server that has no more to say and no end', async () => {
    expect(await follow(stream([said(0, 'a')]))).toMatchObject({ got: ['1-0'], error: { code: 'stream_unfinished' } })
  })
})
