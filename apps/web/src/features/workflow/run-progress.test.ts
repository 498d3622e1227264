import type { WorkflowEvent } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { applyFrame, newRun, type RunProgress } from './run-progress.ts'

const frame = (event: string, data: object): WorkflowEvent =>
  ({ event, task_id: 't1', workflow_run_id: 'r1', data }) as unknown as WorkflowEvent // frames of a server; the reducer reads these keys only
const node = (id: string, more: object = {}) => ({
  id,
  node_id: id,
  node_type: 'code',
  title: id,
  iteration_id: null,
  loop_id: null,
  ...more,
})
const fold = (...frames: readonly WorkflowEvent[]): RunProgress => frames.reduce(applyFrame, newRun)

describe('the progress of a run', () => {
  it('has a step a node, in order of their starts', () => {
    const run = fold(
      frame('node_started', node('a')),
      frame('node_started', node('b')),
      frame('node_finished', node('a', { status: 'succeeded', error: null, elapsed_time: 0.2 })),
    )
    expect(run).toMatchObject({
      taskId: 't1',
      runId: 'r1',
      steps: [
        { id: 'a', status: 'succeeded', seconds: 0.2 },
        { id: 'b', status: 'running' },
      ],
    })
  })

  it('counts rounds of a container instead of the nodes in them', () => {
    const run = fold(
      frame('iteration_started', node('each')),
      frame('iteration_next', { ...node('each'), index: 1 }),
      frame('node_started', node('x', { iteration_id: 'each' })),
    )
    expect(run.steps).toMatchObject([{ id: 'each', round: 2, status: 'running' }])
  })

  it('counts failed attempts', () => {
    const run = fold(frame('node_started', node('a')), frame('node_retry', node('a', { status: 'retry', retry_index: 1 })))
    expect(run.steps).toMatchObject([{ attempts: 1, status: 'running' }])
  })

  it('joins the text, and takes a replacement for all of it', () => {
    const texts = [frame('text_chunk', { text: 'Hel' }), frame('text_chunk', { text: 'lo' })]
    expect(fold(...texts).text).toBe('Hello')
    expect(fold(...texts, frame('text_replace', { text: 'No' })).text).toBe('No')
  })

  it('waits for forms until they are answered or expire', () => {
    const required = (form_id: string, node_id: string) => frame('human_input_required', { form_id, node_id, form_token: 't' })
    const paused = [required('f1', 'a'), required('f2', 'b'), frame('workflow_paused', {})]
    expect(fold(...paused)).toMatchObject({ status: 'paused', forms: [{ id: 'f1' }, { id: 'f2' }] })
    expect(fold(...paused, frame('human_input_form_filled', { node_id: 'a' }))).toMatchObject({ status: 'running', forms: [{ id: 'f2' }] })
    expect(fold(...paused, ...paused).forms).toHaveLength(2)
  })

  it('leaves no step running when the run is over', () => {
    const run = fold(
      frame('node_started', node('a')),
      frame('workflow_finished', { status: 'stopped', outputs: {}, error: 'Stopped by user.', elapsed_time: 1, total_tokens: 7 }),
    )
    expect(run).toMatchObject({ status: 'stopped', error: 'Stopped by user.', tokens: 7, steps: [{ status: 'stopped' }] })
  })
})
