import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../api/types/conversations.ts'
import { createTask, followTurn, type Task } from './follow-turn.ts'
import { newTurn, type Turn } from './turn.ts'

const ids = { message_id: 'm', id: 'm', conversation_id: 'c', task_id: 't', created_at: 1 }
const said = (answer: string): ChatEvent => ({ event: 'message', ...ids, answer, from_variable_selector: null })
const ended: ChatEvent = { event: 'message_end', ...ids, files: null, metadata: { retriever_resources: [], reasoning: {} } }

function follow(task: Task, events: AsyncIterable<ChatEvent>) {
  const shown: Turn[] = []
  const { signal } = new AbortController()
  const end = followTurn({ first: newTurn('1', 'Hi'), events, signal, task, onChange: (turn) => shown.push(turn), draw: (show) => show() })
  return end.then((turn) => ({ turn, shown: shown.map(({ status }) => status) }))
}

describe('a followed turn', () => {
  it('grows and ends', async () => {
    const { turn, shown } = await follow(
      createTask(() => undefined),
      stream(said('Hel'), said('lo'), ended),
    )
    expect(turn).toMatchObject({ answer: 'Hello', status: 'done' })
    expect(shown).toEqual(['streaming', 'streaming', 'done', 'done'])
  })

  it('stays stopped while the rest of its stream arrives', async () => {
    const sent: string[] = []
    const task = createTask((id) => sent.push(id))
    async function* events() {
      yield said('Hel')
      task.stop()
      yield said('lo')
      yield ended
    }
    const { turn, shown } = await follow(task, events())
    expect(turn).toMatchObject({ answer: 'Hello', status: 'stopped' })
    expect(shown).toEqual(['streaming', 'stopped', 'stopped', 'stopped'])
    expect(sent).toEqual(['t'])
  })

  it('stays stopped in a picture of what came before', async () => {
    const pictures: (() => void)[] = []
    const shown: Turn[] = []
    const task = createTask(() => undefined)
    let isStopped: () => void = () => undefined
    async function* events() {
      yield said('Hel')
      await new Promise<void>((resolve) => {
        isStopped = resolve
      })
      yield ended
    }
    const { signal } = new AbortController()
    const draw = (show: () => void) => pictures.push(show)
    const end = followTurn({ first: newTurn('1', 'Hi'), events: events(), signal, task, onChange: (turn) => shown.push(turn), draw })
    await expect.poll(() => pictures).toHaveLength(1)
    task.stop()
    pictures[0]?.()
    expect(shown).toMatchObject([{ answer: 'Hel', status: 'stopped' }])
    isStopped()
    expect((await end).status).toBe('stopped')
  })

  it('is stopped on the server as soon as it has a name there, once', async () => {
    const sent: string[] = []
    const task = createTask((id) => sent.push(id))
    task.stop()
    task.stop()
    const { turn } = await follow(task, stream(said('Hel'), said('lo'), ended))
    expect(turn.status).toBe('stopped')
    expect(sent).toEqual(['t'])
  })

  it('keeps what was said when its stream breaks', async () => {
    async function* events() {
      yield said('Hel')
      throw new TypeError('network error')
    }
    const { turn } = await follow(
      createTask(() => undefined),
      events(),
    )
    expect(turn).toMatchObject({ answer: 'Hel', status: 'failed' })
  })
})

async function* stream(...events: ChatEvent[]) {
  yield* events
}
