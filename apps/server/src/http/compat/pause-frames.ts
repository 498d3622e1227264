import type { RunPauseEvent, WaitingForm } from '@trellis/contracts'
import { toSeconds } from './seconds.ts'
import type { WorkflowEnvelope, WorkflowFrame } from './workflow-frames.ts'

/** What both the frame of a form and the reason of a pause tell of a form (service-api 1.2, 2.4). */
const toForm = (form: WaitingForm) => ({
  form_id: form.formId,
  node_id: form.nodeId,
  node_title: form.title,
  form_content: form.formContent,
  inputs: form.inputs,
  actions: form.actions.map(({ id, title, buttonStyle }) => ({ id, title, button_style: buttonStyle })),
  form_token: form.token,
  approval_channels: form.channels,
  resolved_default_values: form.resolvedDefaults,
  expiration_time: toSeconds(form.expiresAtMs),
})

/** Why a run is paused, and where: in frames and in blocking answers. */
export const toPause = ({ forms, elapsedMs, usage, totalSteps }: RunPauseEvent) => ({
  paused_nodes: forms.map(({ nodeId }) => nodeId),
  reasons: forms.map((form) => ({ TYPE: 'human_input_required' as const, ...toForm(form) })),
  elapsed_time: elapsedMs / 1000,
  total_tokens: usage?.totalTokens ?? 0,
  total_steps: totalSteps,
})

/** A pause is told form by form, and then as a whole. */
export const toPauseFrames = ({ runId, createdAtMs }: WorkflowEnvelope, event: RunPauseEvent): readonly WorkflowFrame[] => [
  ...event.forms.map((form) => ({
    event: 'human_input_required',
    data: { ...toForm(form), display_in_ui: form.isShownInChat },
  })),
  {
    event: 'workflow_paused',
    data: { workflow_run_id: runId, ...toPause(event), outputs: {}, status: 'paused', created_at: toSeconds(createdAtMs) },
  },
]
