import type { RunEvent } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { foldNodes } from './node-runs.ts'

const node = (executionId: string, nodeId: string, index: number) => ({
  executionId,
  nodeId,
  nodeType: 'code',
  title: nodeId,
  index,
  predecessorId: null,
})
const start = (executionId: string, nodeId: string, index: number, more: object = {}): RunEvent => ({
  type: 'node-start',
  ...node(executionId, nodeId, index),
  atMs: 1000 * index,
  ...more,
})
const end = (executionId: string, nodeId: string, index: number, more: object = {}): RunEvent => ({
  type: 'node-end',
  ...node(executionId, nodeId, index),
  status: 'succeeded',
  startedAtMs: 1000 * index,
  atMs: 1000 * index + 250,
  ...more,
})

describe('rows of nodes', () => {
  it('are told once for each execution, in order of their starts', () => {
    const rows = foldNodes([start('x1', 'a', 1), start('x2', 'b', 2), end('x2', 'b', 2), end('x1', 'a', 1)], 'succeeded')
    expect(rows.map(({ id, status, elapsed_time }) => [id, status, elapsed_time])).toEqual([
      ['x1', 'succeeded', 0.25],
      ['x2', 'succeeded', 0.25],
    ])
  })

  it('have each failed attempt before the execution that it belongs to', () => {
    const retry = (retryIndex: number): RunEvent => ({
      type: 'node-retry',
      ...node('x1', 'a', 1),
      error: `no ${retryIndex}`,
      errorType: 'Error',
      retryIndex,
      startedAtMs: 1000,
      atMs: 1100,
    })
    const rows = foldNodes([start('x1', 'a', 1), retry(1), retry(2), end('x1', 'a', 1, { retries: 2 })], 'succeeded')
    expect(rows.map(({ id, status, error }) => [id, status, error])).toEqual([
      ['x1-retry-1', 'retry', 'no 1'],
      ['x1-retry-2', 'retry', 'no 2'],
      ['x1', 'succeeded', null],
    ])
  })

  it('say in which round of which container a node ran', () => {
    const scope = { iterationId: 'each', iterationIndex: 1 }
    const [ended, running] = foldNodes(
      [start('x1', 'a', 1, scope), start('x2', 'b', 2, { loopId: 'again', loopIndex: 0 }), end('x1', 'a', 1, scope)],
      'running',
    )
    expect(ended?.execution_metadata).toEqual({ iteration_id: 'each', iteration_index: 1 })
    expect(running).toMatchObject({ status: 'running', finished_at: null, execution_metadata: { loop_id: 'again', loop_index: 0 } })
  })

  it.each([
    ['failed', 'failed'],
    ['interrupted', 'failed'],
    ['stopped', 'stopped'],
    ['paused', 'paused'],
    ['running', 'running'],
  ] as const)('of nodes that never ended share the fate of a run that is %s', (runStatus, status) => {
    expect(foldNodes([start('x1', 'a', 1)], runStatus)[0]?.status).toBe(status)
  })

  it('are told once where a run was taken up again after a crash', () => {
    expect(foldNodes([start('x1', 'a', 1), start('x1', 'a', 1), end('x1', 'a', 1)], 'succeeded')).toHaveLength(1)
  })
})
