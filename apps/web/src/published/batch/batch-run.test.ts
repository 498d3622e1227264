import { describe, expect, it, vi } from 'vitest'
import { parseForm } from '../../features/app/user-input-form.ts'
import { resultLines } from './batch-results.ts'
import { type BatchPorts, createBatch, type RowOutcome } from './batch-run.ts'
import type { BatchRow } from './batch-sheet.ts'

const rows = (count: number): BatchRow[] =>
  Array.from({ length: count }, (_, index) => ({ line: index + 2, cells: { name: `n${index}` }, inputs: { name: `n${index}` } }))
const succeed: BatchPorts['runRow'] = async ({ name }) => ({ status: 'succeeded', outputs: { greeting: `Hello ${String(name)}` } })
const noPause = async () => undefined
const settled = (batch: ReturnType<typeof createBatch>) =>
  vi.waitFor(() => expect(batch.read().items.every(({ status }) => status !== 'waiting' && status !== 'running')).toBe(true))
const statuses = (batch: ReturnType<typeof createBatch>) => batch.read().items.map(({ status }) => status)

describe('a batch', () => {
  it('runs every row, a few at a time', async () => {
    let running = 0
    let most = 0
    const runRow: BatchPorts['runRow'] = async (inputs, signal) => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running -= 1
      return succeed(inputs, signal)
    }
    const batch = createBatch('a.csv', rows(12), { runRow, pause: noPause })
    batch.start()
    await settled(batch)
    expect(batch.read().items[11]).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello n11' } })
    expect(most).toBe(5)
  })

  it('waits where the server has no room, and gives up in the end', async () => {
    let tries = 0
    const runRow: BatchPorts['runRow'] = async (inputs, signal) =>
      inputs['name'] === 'n1' || ++tries < 3 ? { status: 'busy', error: 'Too many at once.' } : succeed(inputs, signal)
    const batch = createBatch('a.csv', rows(2), { runRow, pause: noPause })
    batch.start()
    await settled(batch)
    expect(batch.read().items).toMatchObject([{ status: 'succeeded' }, { status: 'failed', error: 'Too many at once.' }])
  })

  it('runs again what failed, and nothing else', async () => {
    const asked: unknown[] = []
    let isBroken = true
    const runRow: BatchPorts['runRow'] = async (inputs, signal) => {
      asked.push(inputs['name'])
      return inputs['name'] === 'n1' && isBroken ? { status: 'failed', error: 'No.' } : succeed(inputs, signal)
    }
    const batch = createBatch('a.csv', rows(3), { runRow, pause: noPause })
    batch.start()
    await settled(batch)
    expect(statuses(batch)).toEqual(['succeeded', 'failed', 'succeeded'])
    isBroken = false
    batch.retry()
    await settled(batch)
    expect(statuses(batch)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(asked).toEqual(['n0', 'n1', 'n2', 'n1'])
  })

  it('stops what runs and leaves what waits when it is cancelled', async () => {
    const stopped: unknown[] = []
    const runRow: BatchPorts['runRow'] = ({ name }, signal) =>
      new Promise<RowOutcome>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(name)
          reject(signal.reason)
        })
      })
    const batch = createBatch('a.csv', rows(7), { runRow, pause: noPause })
    batch.start()
    await Promise.resolve()
    batch.cancel()
    await Promise.resolve()
    expect(statuses(batch)).toEqual(Array.from({ length: 7 }, () => 'cancelled'))
    expect(stopped).toHaveLength(5)
  })

  it('begins again what was cancelled when the runs before have gone', async () => {
    const under: (() => void)[] = []
    const asked: unknown[] = []
    const runRow: BatchPorts['runRow'] = ({ name }) =>
      new Promise<RowOutcome>((resolve) => {
        asked.push(name)
        under.push(() => resolve({ status: 'succeeded', outputs: {} }))
      })
    const batch = createBatch('a.csv', rows(5), { runRow, pause: noPause })
    batch.start()
    batch.cancel()
    batch.retry()
    expect(asked).toHaveLength(5)
    under[0]?.()
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n0'])
  })
})

describe('the results of a batch', () => {
  const variables = parseForm([{ 'text-input': { variable: 'name', label: 'Name', required: true } }])
  const words = { status: ({ status }: { status: string }) => status, statusColumn: 'State', errorColumn: 'Error' }
  const item = (more: object) =>
    ({ ...rows(1)[0], line: 2, cells: { name: 'Ada' }, inputs: {}, status: 'succeeded', outputs: {}, error: null, ...more }) as const

  it('are a line a row, with a column for each output that any row has', () => {
    const items = [item({ outputs: { a: 1 } }), item({ status: 'failed', outputs: { b: 2 }, error: 'No.' })]
    expect(resultLines(items, variables, words)).toEqual([
      ['Name', 'a', 'b', 'State', 'Error'],
      ['Ada', 1, undefined, 'succeeded', null],
      ['Ada', undefined, 2, 'failed', 'No.'],
    ])
  })
})
