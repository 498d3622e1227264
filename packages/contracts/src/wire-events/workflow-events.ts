import { z } from 'zod'
import { jsonObject, orNull, timestamp } from '../common/wire.ts'

/** What all frames of a workflow's run carry (service-api 2.2). */
const frame = <Name extends string, Data extends z.ZodType>(event: Name, data: Data) =>
  z.object({ event: z.literal(event), task_id: z.string(), workflow_run_id: z.string(), data })

const node = { id: z.string(), node_id: z.string(), node_type: z.string(), title: z.string(), created_at: timestamp }
const scope = { iteration_id: orNull(z.string()), loop_id: orNull(z.string()) }

const nodeStarted = z.looseObject({ ...node, ...scope, index: z.number().int(), predecessor_node_id: orNull(z.string()) })

/** Web callers learn neither inputs nor outputs of nodes: those are null for them. */
const nodeFinished = z.looseObject({
  ...node,
  ...scope,
  index: z.number().int(),
  status: z.enum(['succeeded', 'failed', 'exception', 'retry']),
  inputs: orNull(jsonObject),
  process_data: orNull(jsonObject),
  outputs: orNull(jsonObject),
  error: orNull(z.string()),
  execution_metadata: orNull(jsonObject),
  elapsed_time: z.number(),
  finished_at: timestamp,
})

const containerFinished = z.looseObject({
  ...node,
  status: z.enum(['succeeded', 'failed']),
  inputs: orNull(jsonObject),
  outputs: orNull(jsonObject),
  elapsed_time: z.number(),
  steps: z.number().int(),
})

const finished = z.looseObject({
  id: z.string(),
  workflow_id: z.string(),
  status: z.enum(['succeeded', 'partial-succeeded', 'failed', 'stopped']),
  outputs: orNull(jsonObject),
  error: orNull(z.string()),
  elapsed_time: z.number(),
  total_tokens: z.number().int(),
  total_steps: z.number().int(),
  created_at: timestamp,
  finished_at: timestamp,
})

/** A workflow app's frames (service-api 2.4). The ping frame has no data and is none of them. */
export const workflowEventSchema = z.discriminatedUnion('event', [
  frame('workflow_started', z.looseObject({ id: z.string(), workflow_id: z.string(), inputs: jsonObject, created_at: timestamp })),
  frame('workflow_finished', finished),
  frame('workflow_paused', jsonObject),
  frame('node_started', nodeStarted),
  frame('node_finished', nodeFinished),
  frame('node_retry', nodeFinished.extend({ retry_index: z.number().int() })),
  frame('iteration_started', z.looseObject(node)),
  frame('iteration_next', z.looseObject({ ...node, index: z.number().int() })),
  frame('iteration_completed', containerFinished),
  frame('loop_started', z.looseObject(node)),
  frame('loop_next', z.looseObject({ ...node, index: z.number().int() })),
  frame('loop_completed', containerFinished),
  frame('text_chunk', z.object({ text: z.string(), from_variable_selector: z.array(z.string()) })),
  frame('text_replace', z.object({ text: z.string() })),
  frame('reasoning_chunk', jsonObject),
  frame('agent_log', jsonObject),
  frame('human_input_required', jsonObject),
  frame('human_input_form_filled', jsonObject),
  frame('human_input_form_timeout', jsonObject),
])
export type WorkflowEvent = z.output<typeof workflowEventSchema>
