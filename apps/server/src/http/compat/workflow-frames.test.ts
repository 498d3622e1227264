import type { RunEvent } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { type ChatflowEnvelope, createChatflowFrames } from './chatflow-frames.ts'
import { createFrameReader, createWorkflowFrames } from './workflow-frames.ts'

const envelope: ChatflowEnvelope = {
  taskId: 'task',
  runId: 'run',
  workflowId: 'flow',
  createdAtMs: 1_700_000_000_900,
  createdBy: { id: 'user', user: 'ann' },
  detail: 'full',
  messageId: 'message',
  conversationId: 'talk',
  showsSources: true,
}
const usage = {
  promptTokens: 10,
  promptUnitPriceNano: 0,
  promptPriceUnit: 0,
  promptPriceNano: 0,
  completionTokens: 5,
  completionUnitPriceNano: 0,
  completionPriceUnit: 0,
  completionPriceNano: 0,
  totalTokens: 15,
  totalPriceNano: 1_500_000,
  currency: 'USD',
  latencyMs: 100,
} as never
const node = { executionId: 'e1', nodeId: 'think', nodeType: 'llm', title: 'Think' }
const times = { startedAtMs: 1_700_000_001_000, atMs: 1_700_000_003_500 }
const ended: RunEvent = {
  type: 'node-end',
  ...node,
  index: 2,
  predecessorId: 'start',
  status: 'succeeded',
  inputs: { a: 1 },
  processData: { b: 2 },
  outputs: { text: 'x' },
  usage,
  ...times,
}
const container = { executionId: 'e2', nodeId: 'each', nodeType: 'iteration', title: 'Each' }
const over: RunEvent = {
  type: 'workflow-end',
  status: 'succeeded',
  outputs: { answer: 'x', files: [] },
  totalSteps: 3,
  exceptionsCount: 0,
  elapsedMs: 2500,
  atMs: 1_700_000_003_900,
  usage,
}

const read = (event: RunEvent, more: Partial<ChatflowEnvelope> = {}) => createFrameReader({ ...envelope, ...more })(event)
const chatOf = (...events: readonly RunEvent[]): readonly { readonly event: string }[] =>
  createChatflowFrames(envelope, { hasIds: false })
    .toFrames({ epoch: 0, firstOffset: 0, events })
    .split('\n\n')
    .flatMap((block) => (block.startsWith('data: ') ? [JSON.parse(block.slice(6))] : []))

describe('4.11 frames of workflows and chatflows', () => {
  it('4.11 every item has event, task_id and workflow_run_id; a ping comes first; frames are `data:` lines', () => {
    const text = createWorkflowFrames(envelope, { hasIds: false }).toFrames({ epoch: 0, firstOffset: 0, events: [ended] })
    expect(text.startsWith('event: ping\n\ndata: {')).toBe(true)
    expect(JSON.parse(text.split('data: ')[1] ?? '')).toMatchObject({ event: 'node_finished', task_id: 'task', workflow_run_id: 'run' })
  })

  it('4.11 items of a chat have its conversation, message and time', () => {
    for (const frame of chatOf(ended, { type: 'text-delta', text: 'x', from: ['think', 'text'] }, over)) {
      expect(frame).toMatchObject({ conversation_id: 'talk', message_id: 'message', created_at: 1_700_000_000, task_id: 'task' })
    }
  })

  it('4.11 workflow_started: inputs, time, reason', () => {
    const data = { id: 'run', workflow_id: 'flow', inputs: { x: 1 }, created_at: 1_700_000_000, reason: 'initial' }
    expect(read({ type: 'run-start', createdAtMs: 1_700_000_000_900, workflowId: 'flow', inputs: { x: 1 } })).toEqual({
      event: 'workflow_started',
      data,
    })
  })

  it('4.11 node_started: index is 1, inputs are null', () => {
    const started: RunEvent = { type: 'node-start', ...node, index: 7, predecessorId: 'start', atMs: times.startedAtMs, loopId: 'again' }
    expect(read(started)).toEqual({
      event: 'node_started',
      data: {
        id: 'e1',
        node_id: 'think',
        node_type: 'llm',
        title: 'Think',
        index: 1,
        predecessor_node_id: 'start',
        inputs: null,
        inputs_truncated: false,
        created_at: 1_700_000_001,
        extras: {},
        iteration_id: null,
        loop_id: 'again',
        agent_strategy: null,
      },
    })
  })

  it('4.11 node_finished: values, status, times, metadata', () => {
    expect(read(ended)).toMatchObject({
      event: 'node_finished',
      data: {
        inputs: { a: 1 },
        process_data: { b: 2 },
        outputs: { text: 'x' },
        status: 'succeeded',
        error: null,
        elapsed_time: 2.5,
        execution_metadata: { total_tokens: 15, currency: 'USD' },
        finished_at: 1_700_000_003,
        inputs_truncated: false,
        process_data_truncated: false,
        outputs_truncated: false,
        files: [],
      },
    })
  })

  it('4.11 values are cut for people and never for programs, each flag for itself', () => {
    const long = 'x'.repeat(100_001)
    const large: RunEvent = { ...ended, inputs: { a: long }, processData: { list: Array(1001).fill(1) }, outputs: { text: 'x' } }
    const flags = { inputs_truncated: true, process_data_truncated: true, outputs_truncated: false }
    const shown = read(large, { detail: 'shortened' })?.data
    expect(shown).toMatchObject({ ...flags, inputs: { a: `${'x'.repeat(100_000)}…` }, outputs: { text: 'x' } })
    expect(shown).toHaveProperty('process_data.list.length', 1000)
    expect(read({ ...large, type: 'node-retry', error: 'no', errorType: 'E', retryIndex: 1 }, { detail: 'shortened' })?.data).toMatchObject(
      flags,
    )
    expect(read(large)?.data).toMatchObject({ inputs: { a: long }, inputs_truncated: false, process_data_truncated: false })
  })

  it.each(['shortened', 'simple'] as const)('4.11 values of containers are cut for people: %s', (detail) => {
    const long = 'x'.repeat(100_001)
    const started: RunEvent = { type: 'container-start', kind: 'loop', ...container, inputs: { a: long }, metadata: {}, atMs: 1 }
    expect(read(started, { detail })?.data).toMatchObject({ inputs_truncated: true, inputs: { a: `${'x'.repeat(100_000)}…` } })
    const ended: RunEvent = { ...started, type: 'container-end', status: 'succeeded', outputs: { b: long }, steps: 1, startedAtMs: 1 }
    expect(read(ended, { detail })?.data).toMatchObject({ inputs_truncated: true, outputs_truncated: true })
    expect(read(ended)?.data).toMatchObject({ inputs_truncated: false, outputs: { b: long }, outputs_truncated: false })
  })

  it('4.11 node_started and node_finished: not of containers', () => {
    expect(read({ ...ended, ...container })).toBeUndefined()
    expect(read({ type: 'node-start', ...container, index: 1, predecessorId: null, atMs: 1 })).toBeUndefined()
  })

  it('4.11 node_retry: as finished, with the status retry and which attempt it was', () => {
    const retry: RunEvent = {
      type: 'node-retry',
      ...node,
      index: 2,
      predecessorId: null,
      error: 'no',
      errorType: 'E',
      retryIndex: 1,
      ...times,
    }
    expect(read(retry)).toMatchObject({ event: 'node_retry', data: { id: 'e1', status: 'retry', error: 'no', retry_index: 1 } })
  })

  it('4.11 iteration_started, loop_started: named by the node', () => {
    const started: RunEvent = {
      type: 'container-start',
      kind: 'iteration',
      ...container,
      inputs: { a: [1] },
      metadata: { iteration_length: 1 },
      atMs: 1,
    }
    const data = { id: 'each', node_id: 'each', metadata: { iteration_length: 1 }, inputs: { a: [1] }, inputs_truncated: false, extras: {} }
    expect(read(started)).toMatchObject({ event: 'iteration_started', data })
    expect(read({ ...started, kind: 'loop' })).toMatchObject({ event: 'loop_started' })
  })

  it('4.11 iteration_next, loop_next: the index; of loops an empty pre_loop_output', () => {
    const round: RunEvent = { type: 'container-round', kind: 'loop', ...container, index: 1, previousOutput: { i: 1 }, atMs: 1 }
    expect(read(round)).toMatchObject({ event: 'loop_next', data: { index: 1, pre_loop_output: {} } })
    expect(read({ ...round, kind: 'iteration' })?.data).not.toHaveProperty('pre_loop_output')
  })

  it('4.11 iteration_completed, loop_completed: status, steps, tokens; error is null', () => {
    const done: RunEvent = {
      type: 'container-end',
      kind: 'loop',
      ...container,
      status: 'failed',
      inputs: {},
      outputs: { i: 1 },
      metadata: { completed_reason: 'error' },
      error: 'no',
      steps: 3,
      usage,
      ...times,
    }
    expect(read(done)).toMatchObject({
      event: 'loop_completed',
      data: {
        status: 'failed',
        error: null,
        steps: 3,
        total_tokens: 15,
        outputs: { i: 1 },
        execution_metadata: { completed_reason: 'error' },
      },
    })
  })

  it('4.11 text_chunk, text_replace: of workflows; message, message_replace: of chats', () => {
    const delta: RunEvent = { type: 'text-delta', text: 'x', from: ['think', 'text'] }
    expect(read(delta)).toEqual({ event: 'text_chunk', data: { text: 'x', from_variable_selector: ['think', 'text'] } })
    expect(chatOf(delta)).toMatchObject([{ event: 'message', id: 'message', answer: 'x', from_variable_selector: ['think', 'text'] }])
    const replace: RunEvent = { type: 'text-replace', text: 'y', reason: 'output_moderation' }
    expect(read(replace)).toEqual({ event: 'text_replace', data: { text: 'y' } })
    expect(chatOf(replace)).toMatchObject([{ event: 'message_replace', answer: 'y', reason: 'output_moderation' }])
  })

  it('4.11 reasoning_chunk: what was thought, and of which node', () => {
    const thought: RunEvent = { type: 'reasoning-delta', text: 'hm', nodeId: 'think', isFinal: true }
    expect(read(thought)).toEqual({
      event: 'reasoning_chunk',
      data: { message_id: null, reasoning: 'hm', node_id: 'think', is_final: true },
    })
    expect(chatOf(thought)).toMatchObject([{ event: 'reasoning_chunk', data: { message_id: 'message', reasoning: 'hm' } }])
  })

  it('4.11 agent_log: the entry under its names', () => {
    const log = { id: 'l1', parentId: null, label: 'Round 1', status: 'start', error: null, data: {}, metadata: {} } as const
    const frame = read({ type: 'agent-log', ...node, log })
    expect(frame).toMatchObject({
      event: 'agent_log',
      data: { id: 'l1', label: 'Round 1', parent_id: null, node_id: 'think', node_execution_id: 'e1' },
    })
  })

  it('4.11 human_input_form_filled, human_input_form_timeout', () => {
    const done: RunEvent = {
      type: 'human-input-done',
      ...node,
      outcome: 'submitted',
      actionId: 'yes',
      actionTitle: 'Yes',
      values: { a: 'b' },
      renderedContent: 'Well: b',
      expiresAtMs: 1_700_000_009_000,
      atMs: 1_700_000_003_500,
    }
    expect(read(done)).toMatchObject({
      event: 'human_input_form_filled',
      data: { node_id: 'think', node_title: 'Think', rendered_content: 'Well: b', action_id: 'yes', action_text: 'Yes' },
    })
    expect(read({ ...done, outcome: 'expired' })).toMatchObject({
      event: 'human_input_form_timeout',
      data: { node_id: 'think', node_title: 'Think', expiration_time: 1_700_000_009 },
    })
  })

  it('4.11 workflow_finished: outputs, totals, who and when', () => {
    expect(read(over)).toEqual({
      event: 'workflow_finished',
      data: {
        id: 'run',
        workflow_id: 'flow',
        status: 'succeeded',
        outputs: { answer: 'x', files: [] },
        error: null,
        elapsed_time: 2.5,
        total_tokens: 15,
        total_steps: 3,
        created_by: { id: 'user', user: 'ann' },
        created_at: 1_700_000_000,
        finished_at: 1_700_000_003,
        exceptions_count: 0,
        files: [],
      },
    })
  })

  it.each([
    ['succeeded', ['message_end', 'workflow_finished']],
    ['partial-succeeded', ['message_end', 'workflow_finished']],
    // Dify's relay closes behind it: what its pipeline would still say reaches nobody.
    ['failed', ['workflow_finished']],
    ['stopped', ['workflow_finished']],
  ] as const)('4.11 the end of a chat that %s', (status, events) => {
    expect(chatOf({ ...over, status }).map(({ event }) => event)).toEqual(events)
  })

  it('4.11 message_end: usage, sources once each and numbered anew, what was thought, files', () => {
    const source = { dataset_id: 'd', document_id: 'x', position: 4, content: 'c' }
    const resources: RunEvent = {
      type: 'retriever-resources',
      ...node,
      resources: [source, { ...source, position: 5 }, { ...source, document_id: 'y' }],
    }
    const thought: RunEvent = { type: 'reasoning-delta', text: 'hm', nodeId: 'think', isFinal: true }
    expect(chatOf(resources, thought, over).find(({ event }) => event === 'message_end')).toMatchObject({
      id: 'message',
      files: [],
      metadata: {
        annotation_reply: null,
        retriever_resources: [
          { document_id: 'x', position: 1 },
          { document_id: 'y', position: 2 },
        ],
        reasoning: { think: 'hm' },
        usage: { total_tokens: 15 },
      },
    })
  })

  it('4.11 variables and edges have no frames', () => {
    expect(read({ type: 'variable-update', ...node, selector: ['conversation', 'a'], valueType: 'string', value: 'x' })).toBeUndefined()
  })

  it('4.11 surfaces: the web gets neither values nor errors of nodes', () => {
    expect(read({ ...ended, status: 'failed', error: 'no' }, { detail: 'simple' })?.data).toMatchObject({
      status: 'failed',
      inputs: null,
      process_data: null,
      outputs: null,
      error: null,
      execution_metadata: null,
      files: [],
    })
  })
})
