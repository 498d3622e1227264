import type { Dict, Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { runWorkflow, tell } from './run-workflow.ts'

/** An iteration over `start.items`; rounds with a text fail, because a text is not comparable with a number. */
function iterate(items: Value | Variable, data: Dict = {}, more: Readonly<Record<string, Value | Variable>> = {}) {
  return runWorkflow(
    {
      start: { type: 'start', variables: [] },
      each: {
        type: 'iteration',
        iterator_selector: ['start', 'items'],
        output_selector: ['each', 'item'],
        start_node_id: 'first',
        ...data,
      },
      first: { type: 'iteration-start', iteration_id: 'each' },
      check: {
        type: 'if-else',
        iteration_id: 'each',
        conditions: [{ variable_selector: ['each', 'item'], comparison_operator: '≥', value: '0' }],
        cases: typeof items === 'string' || hasLists(items) ? [] : null,
      },
      keep: {
        type: 'assigner',
        version: '2',
        iteration_id: 'each',
        items: [{ variable_selector: ['conversation', 'seen'], input_type: 'variable', operation: 'append', value: ['each', 'index'] }],
      },
      end: { type: 'end', outputs: [{ variable: 'out', value_selector: ['each', 'output'] }] },
    },
    ['start -> each', 'each -> end', 'first -> check', 'check:true -> keep', 'check:false -> keep'],
    { 'start.items': items, 'conversation.seen': new Variable([], 'array[number]'), ...more },
  )
}

const hasLists = (items: Value | Variable): boolean => JSON.stringify(items instanceof Variable ? items.value : items).includes('[[')

const endOf = ({ events }: ReturnType<typeof iterate>) => events.find((event) => event.type === 'container-end')

describe('iteration (2.15, 9.10)', () => {
  it('input missing: the node fails', () => {
    const { run, events } = iterate([], { iterator_selector: ['no', 'where'] })
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('no.where') })
    expect(events.some(({ type }) => type === 'container-start')).toBe(false)
  })

  it('input empty or null: no round, an empty list of the same type', () => {
    for (const [items, type] of [
      [new Variable([], 'array[string]'), 'array[string]'],
      [null, 'array[any]'],
    ] as const) {
      const { run, events } = iterate(items)
      expect(tell(events).slice(2, 6)).toEqual(['each start', 'each rounds', 'each rounds succeeded', 'each succeeded'])
      expect(run.pool.get(['each', 'output'])?.type).toBe(type)
      expect(events.find((event) => event.type === 'container-end')).toMatchObject({ steps: 0, metadata: {} })
    }
  })

  it('input no list: the node fails', () => {
    expect(iterate('text').run.status).toBe('failed')
  })

  it('sequential: one round after the other, told before each; results in order', () => {
    const { run, events } = iterate([3, 4])
    expect(run.outputs).toEqual({ out: [3, 4] })
    expect(tell(events).filter((line) => /round|check/.test(line))).toEqual([
      'each rounds',
      'each round 0',
      'check[0] start',
      'check[0] succeeded',
      'each round 1',
      'check[1] start',
      'check[1] succeeded',
      'each rounds succeeded',
    ])
  })

  it('parallel: rounds take turns, as many as allowed; the next one begins behind what is ready', () => {
    const { events, run } = iterate([1, 2, 3], { is_parallel: true, parallel_nums: 2 })
    expect(run.outputs).toEqual({ out: [1, 2, 3] })
    expect(
      tell(events).filter((line) => /round \d|start$/.test(line) && !/^(start|end|each) /.test(line.replace('each round', 'round'))),
    ).toEqual([
      'each round 0',
      'each round 1',
      'check[0] start',
      'check[1] start',
      'keep[0] start',
      'keep[1] start',
      'each round 2',
      'check[2] start',
      'keep[2] start',
    ])
  })

  it('terminated: the first failing round is the last; what there was by then is told', () => {
    const result = iterate([1, 'x', 3])
    expect(result.run.status).toBe('failed')
    expect(endOf(result)).toMatchObject({ status: 'failed', outputs: { output: [1] }, steps: 3, error: expect.any(String) })
    expect(result.events.find((event) => event.type === 'node-end' && event.nodeId === 'each')).toMatchObject({ errorType: '' })
    expect(result.run.exceptionsCount).toBe(2)
  })

  it('continue-on-error: a failing round results in null', () => {
    const { run } = iterate([1, 'x', 3], { error_handle_mode: 'continue-on-error' })
    expect(run.outputs).toEqual({ out: [1, null, 3] })
    expect(run).toMatchObject({ status: 'partial-succeeded', exceptionsCount: 1 })
  })

  it('remove-abnormal-output: a failing round results in nothing; nulls that were meant stay', () => {
    expect(iterate([1, 'x', 3], { error_handle_mode: 'remove-abnormal-output' }).run.outputs).toEqual({ out: [1, 3] })
    const without = iterate([1, 2], { error_handle_mode: 'remove-abnormal-output', output_selector: ['no', 'where'] })
    expect(without.run.outputs).toEqual({ out: [null, null] })
  })

  it('flatten: where all results are lists, and unless it is switched off', () => {
    const lists = [[1], [2, 3]]
    expect(iterate(lists).run.outputs).toEqual({ out: [1, 2, 3] })
    expect(iterate(lists, { flatten_output: false }).run.outputs).toEqual({ out: lists })
    expect(iterate([[1], 2]).run.status).toBe('succeeded')
    expect(iterate([[1], 2]).run.outputs).toEqual({ out: [[1], 2] })
  })

  it('per-round pool: nothing of a round is left but its result', () => {
    const { run } = iterate([1, 2])
    expect(run.pool.get(['each', 'item'])).toBeUndefined()
    expect(run.pool.get(['check', 'result'])).toBeUndefined()
  })

  it('conversation variables: what a round assigned is there afterwards', () => {
    expect(iterate([5, 6, 7]).run.pool.get(['conversation', 'seen'])?.value).toEqual([0, 1, 2])
  })

  it('errors with a strategy inside do not fail the round; the iteration may have a strategy itself', () => {
    const { run } = iterate([1, 'x'], {
      error_strategy: 'default-value',
      default_value: [{ key: 'output', type: 'string', value: 'none' }],
    })
    expect(run.outputs).toEqual({ out: 'none' })
    expect(run.status).toBe('partial-succeeded')
  })
})
