import { ApiError } from '@trellis/client'
import { describe, expect, it } from 'vitest'
import { followRun, type RunPlace } from './follow-run.ts'
import type { RunFrame } from './web-app-api.ts'

const frame = (id: string | undefined, event: string): RunFrame => ({
  id,
  event: { event, task_id: 't', workflow_run_id: 'r', data: {} } as unknown as RunFrame['event'], // only names are read
})

async function* stream(frames: readonly RunFrame[], end?: Error): AsyncGenerator<RunFrame> {
  yield* frames
  if (end) throw end
}

const away = new ApiError({ code: 'network_unreachable', message: '', status: 0 })

/** Follows with these connections, one after the other. */
async function follow(connections: AsyncIterable<RunFrame>[], place?: RunPlace) {
  const asked: RunPlace[] = []
  const connection: boolean[] = []
  const got: string[] = []
  const next = () => connections.shift() ?? stream([])
  const frames = followRun({
    open: next,
    resume(from) {
      asked.push(from)
      return next()
    },
    place,
    pause: () => Promise.resolve(),
    onConnection: (isConnected) => connection.push(isConnected),
  })
  let error: unknown
  try {
    for await (const { event } of frames) got.push(event.event)
  } catch (thrown) {
    error = thrown
  }
  return { got, asked, connection, error }
}

describe('followRun', () => {
  it('goes on behind the last frame when the connection was lost, again and again', async () => {
    const first = stream([frame('0-0', 'workflow_started'), frame('0-1', 'text_chunk')], new TypeError('cut'))
    const { got, asked, connection, error } = await follow([first, stream([], away), stream([frame('0-2', 'workflow_finished')])])
    expect(error).toBeUndefined()
    expect(got).toEqual(['workflow_started', 'text_chunk', 'workflow_finished'])
    expect(asked).toEqual([
      { runId: 'r', lastEventId: '0-1' },
      { runId: 'r', lastEventId: '0-1' },
    ])
    expect(connection.at(-1)).toBe(true)
  })

  it('goes on behind a pause, however long it is silent', async () => {
    const paused = stream([frame('0-0', 'workflow_started'), frame('0-1', 'workflow_paused')])
    const silences = Array.from({ length: 5 }, () => stream([]))
    const { got, asked, error } = await follow([paused, ...silences, stream([frame('1-2', 'workflow_finished')])])
    expect(error).toBeUndefined()
    expect(got).toEqual(['workflow_started', 'workflow_paused', 'workflow_finished'])
    expect(new Set(asked.map(({ lastEventId }) => lastEventId))).toEqual(new Set(['0-1']))
  })

  it('asks for the end alone where what came before is not kept any more', async () => {
    const { got, asked } = await follow([stream([]), stream([frame(undefined, 'workflow_finished')])], { runId: 'r', lastEventId: '0-0' })
    expect(asked).toEqual([{ runId: 'r', lastEventId: undefined }])
    expect(got).toEqual(['workflow_finished'])
  })

  it('throws what kept a run from beginning, and gives up a stream that stays mute', async () => {
    expect((await follow([stream([], away)])).error).toBe(away)
    expect((await follow([stream([frame('0-0', 'workflow_started')])])).error).toMatchObject({ code: 'stream_unfinished' })
  })
})
