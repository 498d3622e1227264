import { z } from 'zod'
import { usageSchema } from './usage.ts'

/**
 * What happens in a run of a workflow beside its text (version 1 of the journal's vocabulary). Values are those of `@trellis/values`;
 * this package does not look into them.
 */
const values = z.record(z.string(), z.unknown())
const selector = z.array(z.string())

/** The container rounds that something happened in: of each kind the innermost. */
const scope = {
  iterationId: z.string().optional(),
  iterationIndex: z.number().int().optional(),
  loopId: z.string().optional(),
  loopIndex: z.number().int().optional(),
}

const node = {
  /** Names this execution of the node. */
  executionId: z.string(),
  nodeId: z.string(),
  nodeType: z.string(),
  title: z.string(),
  ...scope,
}

const record = {
  inputs: values.optional(),
  processData: values.optional(),
  outputs: values.optional(),
  /** Types that cannot be told from the values, by output. */
  outputTypes: z.record(z.string(), z.string()).optional(),
  metadata: values.optional(),
  usage: usageSchema.optional(),
}

const nodeStartSchema = z.object({
  type: z.literal('node-start'),
  ...node,
  /** Order of starts in the run, from 1. */
  index: z.number().int(),
  predecessorId: z.string().nullable(),
  atMs: z.number(),
})

const nodeStatusSchema = z.enum(['succeeded', 'failed', 'exception', 'stopped', 'paused'])

const nodeEndSchema = z.object({
  type: z.literal('node-end'),
  ...node,
  ...record,
  index: z.number().int(),
  predecessorId: z.string().nullable(),
  status: nodeStatusSchema,
  error: z.string().optional(),
  errorType: z.string().optional(),
  errorStrategy: z.string().optional(),
  /** The edge that a branch took. */
  handle: z.string().optional(),
  /** Outputs that were streamed. */
  streamed: z.array(z.string()).optional(),
  endsLoop: z.boolean().optional(),
  /** Failed attempts before this end. */
  retries: z.number().int().optional(),
  startedAtMs: z.number(),
  atMs: z.number(),
})

const nodeRetrySchema = z.object({
  type: z.literal('node-retry'),
  ...node,
  ...record,
  index: z.number().int(),
  predecessorId: z.string().nullable(),
  error: z.string(),
  errorType: z.string(),
  /** From 1. */
  retryIndex: z.number().int(),
  startedAtMs: z.number(),
  atMs: z.number(),
})

/** A further attempt begins. Nobody is told but the journal: after a crash, what had begun must not begin again. */
const nodeAttemptSchema = z.object({
  type: z.literal('node-attempt'),
  ...node,
  /** From 1. */
  attempt: z.number().int(),
  atMs: z.number(),
})

const containerKind = z.enum(['iteration', 'loop'])

const containerStartSchema = z.object({
  type: z.literal('container-start'),
  ...node,
  kind: containerKind,
  inputs: values,
  metadata: values,
  atMs: z.number(),
})

const containerRoundSchema = z.object({
  type: z.literal('container-round'),
  ...node,
  kind: containerKind,
  index: z.number().int(),
  previousOutput: values.optional(),
  atMs: z.number(),
})

const containerEndSchema = z.object({
  type: z.literal('container-end'),
  ...node,
  kind: containerKind,
  status: z.enum(['succeeded', 'failed']),
  inputs: values,
  outputs: values,
  metadata: values,
  error: z.string().optional(),
  steps: z.number().int(),
  usage: usageSchema.optional(),
  startedAtMs: z.number(),
  atMs: z.number(),
})

const variableUpdateSchema = z.object({
  type: z.literal('variable-update'),
  ...node,
  selector,
  valueType: z.string(),
  value: z.unknown(),
})

const retrieverResourcesSchema = z.object({ type: z.literal('retriever-resources'), ...node, resources: z.array(values) })

const agentLogSchema = z.object({
  type: z.literal('agent-log'),
  ...node,
  log: z.object({
    id: z.string(),
    parentId: z.string().nullable(),
    label: z.string(),
    status: z.enum(['start', 'success', 'error']),
    error: z.string().nullable(),
    data: values,
    metadata: values,
  }),
})

const humanInputRequiredSchema = z.object({
  type: z.literal('human-input-required'),
  ...node,
  formContent: z.string(),
  inputs: z.array(values),
  actions: z.array(z.object({ id: z.string(), title: z.string(), buttonStyle: z.string() })),
  resolvedDefaults: values,
  timeoutMs: z.number(),
  deliveryMethods: z.array(values),
  atMs: z.number(),
})

const humanInputDoneSchema = z.object({
  type: z.literal('human-input-done'),
  ...node,
  outcome: z.enum(['submitted', 'expired']),
  actionId: z.string(),
  actionTitle: z.string(),
  values,
  renderedContent: z.string(),
  /** Until when it could be answered. */
  expiresAtMs: z.number(),
  /** When the run went on with it. */
  atMs: z.number(),
})

/** Where a form can be answered. */
export const approvalChannelSchema = z.enum(['web_app', 'email', 'console'])
export type ApprovalChannel = z.infer<typeof approvalChannelSchema>

/** A form that a paused run waits for, with all that its readers are told of it. */
export const waitingFormSchema = z.object({
  formId: z.string(),
  executionId: z.string(),
  nodeId: z.string(),
  title: z.string(),
  formContent: z.string(),
  inputs: z.array(values),
  actions: z.array(z.object({ id: z.string(), title: z.string(), buttonStyle: z.string() })),
  /** As texts, by output name. */
  resolvedDefaults: z.record(z.string(), z.string()),
  /** Opens the form to whoever started the run; null where others are to answer. */
  token: z.string().nullable(),
  channels: z.array(approvalChannelSchema),
  isShownInChat: z.boolean(),
  expiresAtMs: z.number(),
})
export type WaitingForm = z.infer<typeof waitingFormSchema>

export const workflowEventSchemas = [
  nodeStartSchema,
  nodeEndSchema,
  nodeRetrySchema,
  nodeAttemptSchema,
  containerStartSchema,
  containerRoundSchema,
  containerEndSchema,
  variableUpdateSchema,
  retrieverResourcesSchema,
  agentLogSchema,
  humanInputRequiredSchema,
  humanInputDoneSchema,
] as const

export type NodeStartEvent = z.infer<typeof nodeStartSchema>
export type NodeEndEvent = z.infer<typeof nodeEndSchema>
export type NodeRetryEvent = z.infer<typeof nodeRetrySchema>
export type NodeAttemptEvent = z.infer<typeof nodeAttemptSchema>
export type ContainerStartEvent = z.infer<typeof containerStartSchema>
export type ContainerRoundEvent = z.infer<typeof containerRoundSchema>
export type ContainerEndEvent = z.infer<typeof containerEndSchema>
export type VariableUpdateEvent = z.infer<typeof variableUpdateSchema>
export type RetrieverResourcesEvent = z.infer<typeof retrieverResourcesSchema>
export type AgentLogEvent = z.infer<typeof agentLogSchema>
export type HumanInputRequiredEvent = z.infer<typeof humanInputRequiredSchema>
export type HumanInputDoneEvent = z.infer<typeof humanInputDoneSchema>
