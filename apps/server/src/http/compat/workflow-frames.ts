import {
  type ContainerEndEvent,
  type ContainerRoundEvent,
  type ContainerStartEvent,
  type NodeEndEvent,
  type NodeRetryEvent,
  type NodeStartEvent,
  nanoToDecimal,
  type RunEvent,
  type Usage,
} from '@trellis/contracts'
import { sseData, ssePing } from '@trellis/kit'
import type { EventBatch } from '../../features/runs/index.ts'
import type { FrameOptions, FrameTranslator } from './message-frames.ts'
import { toPauseFrames } from './pause-frames.ts'
import { type FrameDetail, showValues } from './shown-values.ts'

/** What the frames of a workflow's run tell of it (service-api 2.2, 2.4). */
export interface WorkflowEnvelope {
  readonly taskId: string
  readonly runId: string
  readonly workflowId: string
  readonly createdAtMs: number
  readonly createdBy: Readonly<Record<string, string>>
  readonly detail: FrameDetail
}

export type WorkflowFrame = { readonly event: string; readonly data: object }

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)
const elapsed = (from: number, to: number): number => Math.max(0, to - from) / 1000

/** Translates a run's events into the frames of workflow apps. */
export function createWorkflowFrames(envelope: WorkflowEnvelope, options: FrameOptions): FrameTranslator {
  const translate = createFrameReader(envelope)
  let isFirst = !options.isOpened
  return {
    toFrames({ epoch, firstOffset, events }: EventBatch) {
      // Dify's streams of workflows begin with a ping.
      let text = isFirst ? ssePing : ''
      isFirst = false
      events.forEach((event, index) => {
        const frames = event.type === 'run-pause' ? toPauseFrames(envelope, event) : [translate(event)]
        frames.forEach((frame, part) => {
          if (!frame) return
          const json = writeWorkflowFrame(envelope, frame)
          // A reader that has an id has all of its event.
          const isLast = part === frames.length - 1
          text += sseData(json, options.hasIds && isLast ? `${epoch}-${firstOffset + index}` : undefined)
        })
      })
      return text
    },
  }
}

export const writeWorkflowFrame = ({ runId, taskId }: WorkflowEnvelope, { event, data }: WorkflowFrame): string =>
  JSON.stringify({ event, workflow_run_id: runId, task_id: taskId, data })

/** One frame an event; undefined for what Dify's streams do not tell, and for pauses, which take several. */
export function createFrameReader(envelope: WorkflowEnvelope): (event: RunEvent) => WorkflowFrame | undefined {
  return (event) => {
    switch (event.type) {
      case 'run-start':
        return { event: 'workflow_started', data: toStarted(envelope, event) }
      case 'text-delta':
        return { event: 'text_chunk', data: { text: event.text, from_variable_selector: event.from ?? [] } }
      case 'text-replace':
        return { event: 'text_replace', data: { text: event.text } }
      case 'reasoning-delta':
        return {
          event: 'reasoning_chunk',
          data: { message_id: null, reasoning: event.text, node_id: event.nodeId ?? null, is_final: event.isFinal ?? false },
        }
      case 'node-start':
        return isContainer(event) ? undefined : { event: 'node_started', data: toNodeStarted(event, envelope.detail) }
      case 'node-end':
        return isContainer(event) || event.status === 'stopped' || event.status === 'paused'
          ? undefined
          : { event: 'node_finished', data: toNodeFinished(event, envelope.detail) }
      case 'node-retry':
        return { event: 'node_retry', data: { ...toNodeFinished(event, envelope.detail), retry_index: event.retryIndex } }
      case 'container-start':
        return { event: `${event.kind}_started`, data: toContainerStarted(event, envelope.detail) }
      case 'container-round':
        return { event: `${event.kind}_next`, data: toContainerRound(event) }
      case 'container-end':
        return { event: `${event.kind}_completed`, data: toContainerEnded(event, envelope.detail) }
      case 'agent-log':
        return { event: 'agent_log', data: toAgentLog(event) }
      case 'human-input-done':
        return toHumanInputDone(event)
      case 'workflow-end':
        return { event: 'workflow_finished', data: toFinished(envelope, event) }
      case 'run-error':
        return { event: 'workflow_finished', data: toFinished(envelope, toFailedEnd(envelope, event)) }
      default:
        return undefined
    }
  }
}

const isContainer = ({ nodeType }: { readonly nodeType: string }): boolean => nodeType === 'iteration' || nodeType === 'loop'

const toStarted = (envelope: WorkflowEnvelope, event: Extract<RunEvent, { type: 'run-start' }>) => ({
  id: envelope.runId,
  workflow_id: envelope.workflowId,
  inputs: event.inputs ?? {},
  created_at: seconds(event.createdAtMs),
  reason: event.reason ?? 'initial',
})

/** What a finished run is told as, in streams and in blocking answers. */
export const toFinished = (envelope: WorkflowEnvelope, event: Extract<RunEvent, { type: 'workflow-end' }>) => ({
  id: envelope.runId,
  workflow_id: envelope.workflowId,
  status: event.status === 'interrupted' ? 'failed' : event.status,
  outputs: event.outputs,
  error: event.error ?? null,
  elapsed_time: event.elapsedMs / 1000,
  total_tokens: event.usage?.totalTokens ?? 0,
  total_steps: event.totalSteps,
  created_by: envelope.createdBy,
  created_at: seconds(envelope.createdAtMs),
  finished_at: seconds(event.atMs),
  exceptions_count: event.exceptionsCount,
  files: filesIn(event.outputs),
})

function toNodeStarted(event: NodeStartEvent, detail: FrameDetail) {
  const common = {
    id: event.executionId,
    node_id: event.nodeId,
    node_type: event.nodeType,
    title: event.title,
    index: 1,
    predecessor_node_id: event.predecessorId,
    inputs: null,
    created_at: seconds(event.atMs),
    extras: {},
    iteration_id: event.iterationId ?? null,
    loop_id: event.loopId ?? null,
  }
  return detail === 'simple' ? common : { ...common, inputs_truncated: false, agent_strategy: null }
}

function toNodeFinished(event: NodeEndEvent | NodeRetryEvent, detail: FrameDetail) {
  const common = {
    id: event.executionId,
    node_id: event.nodeId,
    node_type: event.nodeType,
    title: event.title,
    index: event.index,
    predecessor_node_id: event.predecessorId,
    status: event.type === 'node-retry' ? 'retry' : event.status,
    elapsed_time: elapsed(event.startedAtMs, event.atMs),
    created_at: seconds(event.startedAtMs),
    finished_at: seconds(event.atMs),
    iteration_id: event.iterationId ?? null,
    loop_id: event.loopId ?? null,
  }
  if (detail === 'simple') {
    return { ...common, inputs: null, process_data: null, outputs: null, error: null, execution_metadata: null, files: [] }
  }
  const processData = showValues(event.processData, detail)
  return {
    ...common,
    ...presentInputs(event.inputs, detail),
    process_data: processData.values,
    process_data_truncated: processData.isTruncated,
    ...presentOutputs(event.outputs, detail),
    error: event.error ?? null,
    execution_metadata: toExecutionMetadata(event),
    files: filesIn(event.outputs ?? {}),
  }
}

function presentInputs(inputs: object | undefined, detail: FrameDetail) {
  const { values, isTruncated } = showValues(inputs, detail)
  return { inputs: values, inputs_truncated: isTruncated }
}

function presentOutputs(outputs: object | undefined, detail: FrameDetail) {
  const { values, isTruncated } = showValues(outputs, detail)
  return { outputs: values, outputs_truncated: isTruncated }
}

/** Dify's `execution_metadata`; null where there is nothing to tell. */
export function toExecutionMetadata(event: NodeEndEvent | NodeRetryEvent | ContainerEndEvent): Record<string, unknown> | null {
  const metadata = {
    ...event.metadata,
    ...(event.usage ? toTotals(event.usage) : {}),
    ...(event.iterationId === undefined ? {} : { iteration_id: event.iterationId, iteration_index: event.iterationIndex }),
    ...(event.loopId === undefined ? {} : { loop_id: event.loopId, loop_index: event.loopIndex }),
  }
  return Object.keys(metadata).length > 0 ? metadata : null
}

const toTotals = (usage: Usage) => ({
  total_tokens: usage.totalTokens,
  total_price: nanoToDecimal(usage.totalPriceNano),
  currency: usage.currency,
})

const containerHead = (event: ContainerStartEvent | ContainerRoundEvent | ContainerEndEvent) => ({
  id: event.nodeId,
  node_id: event.nodeId,
  node_type: event.nodeType,
  title: event.title,
  extras: {},
})

const toContainerStarted = (event: ContainerStartEvent, detail: FrameDetail) => ({
  ...containerHead(event),
  created_at: seconds(event.atMs),
  metadata: event.metadata,
  ...presentInputs(event.inputs, detail),
})

const toContainerRound = (event: ContainerRoundEvent) => ({
  ...containerHead(event),
  index: event.index,
  created_at: seconds(event.atMs),
  // Dify's streams never tell what there was before (workflow spec 4.11).
  ...(event.kind === 'loop' ? { pre_loop_output: {} } : {}),
})

const toContainerEnded = (event: ContainerEndEvent, detail: FrameDetail) => ({
  ...containerHead(event),
  ...presentOutputs(event.outputs, detail),
  ...presentInputs(event.inputs, detail),
  status: event.status,
  error: null,
  elapsed_time: elapsed(event.startedAtMs, event.atMs),
  total_tokens: event.usage?.totalTokens ?? 0,
  execution_metadata: toExecutionMetadata(event),
  created_at: seconds(event.startedAtMs),
  finished_at: seconds(event.atMs),
  steps: event.steps,
})

const toAgentLog = ({ log, nodeId, executionId }: Extract<RunEvent, { type: 'agent-log' }>) => ({
  node_execution_id: executionId,
  id: log.id,
  label: log.label,
  parent_id: log.parentId,
  error: log.error,
  status: log.status,
  data: log.data,
  metadata: log.metadata,
  node_id: nodeId,
})

function toHumanInputDone(event: Extract<RunEvent, { type: 'human-input-done' }>): WorkflowFrame {
  const node = { node_id: event.nodeId, node_title: event.title }
  if (event.outcome === 'expired')
    return { event: 'human_input_form_timeout', data: { ...node, expiration_time: seconds(event.expiresAtMs) } }
  return {
    event: 'human_input_form_filled',
    data: {
      ...node,
      rendered_content: event.renderedContent,
      action_id: event.actionId,
      action_text: event.actionTitle,
      submitted_data: event.values,
    },
  }
}

/** A run that ended outside of its workflow: its totals died with the process that knew them. */
const toFailedEnd = (
  { createdAtMs }: WorkflowEnvelope,
  { message }: Extract<RunEvent, { type: 'run-error' }>,
): Extract<RunEvent, { type: 'workflow-end' }> => ({
  type: 'workflow-end',
  status: 'failed',
  outputs: {},
  error: message,
  totalSteps: 0,
  exceptionsCount: 1,
  elapsedMs: 0,
  atMs: createdAtMs,
})

/** The files among outputs, one list deep. */
export function filesIn(outputs: Readonly<Record<string, unknown>>): object[] {
  return Object.values(outputs)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is object => typeof value === 'object' && value !== null && 'dify_model_identity' in value)
}
