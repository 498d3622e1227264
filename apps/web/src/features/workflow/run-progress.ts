import type { WorkflowEvent } from '@trellis/contracts'
import { readWaitingForm, type WaitingForm } from '../human-input/waiting-form.ts'

export type StepStatus = 'running' | 'succeeded' | 'failed' | 'exception' | 'stopped'
export type RunStatus = 'running' | 'paused' | 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped'

/** A node of the graph's own level; what happens in the rounds of a container is told by its round alone. */
export interface Step {
  readonly id: string
  readonly title: string
  readonly type: string
  readonly status: StepStatus
  /** Of containers: the round that is under way, from 1. */
  readonly round: number | undefined
  /** Failed attempts so far. */
  readonly attempts: number
  readonly error: string | null
  readonly seconds: number | undefined
}

/** A run as far as its stream has told. */
export interface RunProgress {
  readonly status: RunStatus
  readonly taskId: string | undefined
  readonly runId: string | undefined
  readonly steps: readonly Step[]
  /** What was streamed for reading. */
  readonly text: string
  readonly outputs: Readonly<Record<string, unknown>> | null
  readonly error: string | null
  readonly seconds: number | undefined
  readonly tokens: number
  /** What it waits for. */
  readonly forms: readonly WaitingForm[]
}

export const newRun: RunProgress = {
  status: 'running',
  taskId: undefined,
  runId: undefined,
  steps: [],
  text: '',
  outputs: null,
  error: null,
  seconds: undefined,
  tokens: 0,
  forms: [],
}

/** The run after one more frame of its stream. */
export function applyFrame(run: RunProgress, frame: WorkflowEvent): RunProgress {
  const known = { ...run, taskId: frame.task_id, runId: frame.workflow_run_id }
  switch (frame.event) {
    case 'node_started':
      return isInner(frame.data) ? known : withStep(known, frame.data.id, { ...begun(frame.data), status: 'running' })
    case 'node_retry':
      return isInner(frame.data) ? known : changeStep(known, frame.data.id, (step) => ({ attempts: step.attempts + 1 }))
    case 'node_finished': {
      if (isInner(frame.data) || frame.data.status === 'retry') return known
      const { id, status, error, elapsed_time: seconds } = frame.data
      return changeStep(known, id, () => ({ status, error, seconds }))
    }
    case 'iteration_started':
    case 'loop_started':
      return withStep(known, frame.data.id, { ...begun(frame.data), status: 'running' })
    case 'iteration_next':
    case 'loop_next':
      return changeStep(known, frame.data.id, () => ({ round: frame.data.index + 1 }))
    case 'iteration_completed':
    case 'loop_completed':
      return changeStep(known, frame.data.id, () => ({ status: frame.data.status, seconds: frame.data.elapsed_time, round: undefined }))
    case 'text_chunk':
      return { ...known, text: known.text + frame.data.text }
    case 'text_replace':
      return { ...known, text: frame.data.text }
    case 'human_input_required': {
      const form = readWaitingForm(frame.data)
      return { ...known, forms: [...known.forms.filter(({ id }) => id !== form.id), form] }
    }
    case 'human_input_form_filled':
    case 'human_input_form_timeout':
      return { ...known, status: 'running', forms: known.forms.filter(({ nodeId }) => nodeId !== frame.data['node_id']) }
    case 'workflow_paused':
      return { ...known, status: 'paused' }
    case 'workflow_finished': {
      const { status, outputs, error, elapsed_time: seconds, total_tokens: tokens } = frame.data
      return { ...closed(known, status === 'stopped' ? 'stopped' : 'failed'), status, outputs, error, seconds, tokens, forms: [] }
    }
    default:
      return known
  }
}

const isInner = (node: { readonly iteration_id: string | null; readonly loop_id: string | null }): boolean =>
  node.iteration_id !== null || node.loop_id !== null

const begun = ({
  id,
  title,
  node_type,
}: {
  readonly id: string
  readonly title: string
  readonly node_type: string
}): Omit<Step, 'status'> => ({
  id,
  title,
  type: node_type,
  round: undefined,
  attempts: 0,
  error: null,
  seconds: undefined,
})

/** A step that is told twice, after a crash, stays one. */
const withStep = (run: RunProgress, id: string, step: Step): RunProgress => ({
  ...run,
  steps: [...run.steps.filter((other) => other.id !== id), step],
})

const changeStep = (run: RunProgress, id: string, change: (step: Step) => Partial<Step>): RunProgress => ({
  ...run,
  steps: run.steps.map((step) => (step.id === id ? { ...step, ...change(step) } : step)),
})

/** Nothing runs on after the end of a run. */
const closed = (run: RunProgress, status: StepStatus): RunProgress => ({
  ...run,
  steps: run.steps.map((step) => (step.status === 'running' ? { ...step, status } : step)),
})

/** Whether whoever looks at it is asked something that the run waits for. */
export const waitsForReader = ({ status, forms }: RunProgress): boolean => status === 'paused' && forms.some(({ token }) => token !== null)
